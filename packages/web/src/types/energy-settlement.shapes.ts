// Written by `npm run types` from schema/energy-settlement.json. Do not edit.
import type { Shapes } from "../chain/shape.ts";

export const shapes: Shapes = {
    answers: {
        account: {"has":{"free":"units","owner":"text","slot":32},"may":{"seat":{"maybe":16}}},
        accounts: {"has":{"accounts":{"list":{"is":"AccountResponse"}},"more":"flag"}},
        books: {"has":{"community":"units","deposited":"units","free":"units","held":"units","swept":"units","withdrawn":"units"}},
        community: {"has":{"fees":{"list":{"is":"FeeAmount"}},"rounding":"units"}},
        config: {"has":{"accounts":32,"asset":{"is":"Asset"},"fees":{"list":{"is":"FeeAccount"}},"policy":{"is":"Policy"},"registry":"text","rounding":{"is":"Destination"}},"may":{"concerns":{"list":{"is":"Concern"}}}},
        ended: {"has":{"finalise_first":32,"windows":32}},
        held_results: {"has":{"more":"flag","results":{"list":{"is":"HeldResult"}}}},
        held_windows: {"has":{"more":"flag","windows":{"list":{"is":"HeldWindow"}}}},
        pending: {"has":{"credits":"units","debits":"units","ended":"units","more":"flag","windows":32},"may":{"last":{"maybe":64},"last_final_at":{"maybe":64},"next_final_at":{"maybe":64}}},
    },
    named: {
        AccountResponse: {"has":{"free":"units","owner":"text","slot":32},"may":{"seat":{"maybe":16}}},
        AllocationRule: {"any":[{"one":["even","pro_rata","priority"]},{"has":{"static":{"has":{"reoffer":"flag"}}}}]},
        Asset: {"any":[{"has":{"native":{"has":{"denom":"text"}}}},{"has":{"cw20":{"has":{"address":"text"}}}}]},
        Concern: {"one":["fees_above_margin","fixed_above_retail","free_energy"]},
        Destination: {"any":[{"has":{"account":{"has":{"address":"text"}}}},{"has":{"project":{"has":{"escrow":"text","otherwise":"text","project":64,"terms_hash":"hex"}}}}]},
        Fee: {"has":{"id":8,"kind":{"is":"FeeKind"}}},
        FeeAccount: {"has":{"destination":{"is":"Destination"},"id":8,"label":"text"}},
        FeeAmount: {"has":{"amount":"units","id":8}},
        FeeKind: {"any":[{"has":{"basis_points":16}},{"has":{"per_mwh":"units"}}]},
        HeldResult: {"has":{"credit":"units","debit":"units","final_at":64,"first_interval":64}},
        HeldWindow: {"has":{"credits":"units","debits":"units","fees":{"list":{"is":"FeeAmount"}},"final_at":64,"first_interval":64,"intervals":16,"revision":16,"roster_version":32,"rounding":"units"}},
        OwnInjection: {"one":["excluded","counts"]},
        Policy: {"has":{"buyers":{"is":"AllocationRule"},"interval_length":32,"price":{"is":"PriceRule"},"sellers":{"is":"AllocationRule"}},"may":{"fees":{"list":{"is":"Fee"}},"own_injection":{"is":"OwnInjection"},"rounding":8,"tariff":{"is":"Tariff"},"withdrawal_notice":64}},
        PriceRule: {"any":[{"has":{"fixed":{"has":{"price":"units"}}}},{"has":{"mid_market":{"has":{"weight":16}}}},{"has":{"supply_demand_ratio":{"has":{"compensation":"units"}}}}]},
        Tariff: {"has":{"tables":{"list":{"is":"TariffTable"}}},"may":{"utc_offsets":{"list":{"is":"UtcOffset"}}}},
        TariffBand: {"has":{"feed_in":"units","from_minute":16,"retail":"units"}},
        TariffTable: {"has":{"bands":{"list":{"is":"TariffBand"}},"valid_from":64}},
        UtcOffset: {"has":{"minutes":-16,"valid_from":64}},
    },
};
