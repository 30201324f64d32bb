// Written by `npm run types` from schema/meter-registry.json. Do not edit.
import type { Shapes } from "../chain/shape.ts";

export const shapes: Shapes = {
    answers: {
        committee: {"has":{"committee":{"is":"Committee"},"epoch":32}},
        config: {"has":{"challenge_period":64,"interval_length":32,"newest_roster":32,"report_limit":64,"resolution":32,"rosters_begin":{"is":"RostersBegin"},"settlement":"text","slots":32},"may":{"households":32}},
        meter: {"has":{"buy_tier":8,"from":64,"household":32,"meter":{"is":"MeterProposal"},"owner":"text","priority":16,"seat":16,"sell_tier":8,"slot":32,"weight":32}},
        meters: {"has":{"meters":{"list":{"is":"MeterResponse"}},"more":"flag"}},
        next_report: {"has":{"epoch":32,"gap":"flag","height":64,"max_intervals":16,"oldest_interval":64,"quorum":8,"resolution":32,"roster_version":32,"seats":16},"may":{"expires_at":{"maybe":64},"first_interval":{"maybe":64},"grace_until":{"maybe":64},"last_closing":{"maybe":64},"previous_reported_at":{"maybe":64},"previous_revision":{"maybe":16},"roster_ends":{"maybe":64}}},
        ownership: {"has":{},"may":{"owner":{"maybe":"text"},"pending_expiry":{"maybe":{"is":"Expiration"}},"pending_owner":{"maybe":"text"}}},
        proposals: {"has":{"more":"flag","proposals":{"list":{"is":"ProposalResponse"}}}},
        roster: {"has":{"from":64,"more":"flag","seats":{"list":{"is":"RosterSeat"}},"size":16,"version":32}},
        window: {"has":{"first_interval":64,"intervals":64,"state":{"is":"WindowState"}}},
        windows: {"has":{"more":"flag","windows":{"list":{"is":"WindowResponse"}}}},
    },
    named: {
        Committee: {"has":{"members":{"list":{"is":"Member"}},"quorum":8}},
        Expiration: {"any":[{"has":{"at_height":64}},{"has":{"at_time":{"is":"Timestamp"}}},{"has":{"never":{"has":{}}}}]},
        Member: {"has":{"address":"text","public_key":"hex"}},
        MeterKind: {"one":["consumer","prosumer","producer","storage"]},
        MeterProposal: {"has":{"export_limit":32,"import_limit":32,"kind":{"is":"MeterKind"},"provenance":{"is":"Provenance"},"serial_hash":"hex"},"may":{"part":32}},
        MeterResponse: {"has":{"buy_tier":8,"from":64,"household":32,"meter":{"is":"MeterProposal"},"owner":"text","priority":16,"seat":16,"sell_tier":8,"slot":32,"weight":32}},
        ProposalResponse: {"has":{"expires_at":64,"meter":{"is":"MeterProposal"},"owner":"text","proposal":64}},
        Provenance: {"one":["self_declared","sealed","signed"]},
        RosterSeat: {"has":{"export_limit":32,"import_limit":32,"seat":16},"may":{"slot":{"maybe":32}}},
        RostersBegin: {"has":{"every":64,"offset":64}},
        Timestamp: "units",
        WindowResponse: {"has":{"first_interval":64,"intervals":64,"state":{"is":"WindowState"}}},
        WindowState: {"any":[{"has":{"kind":{"one":["gap"]}}},{"has":{"body_hash":"hex","digest":"hex","epoch":32,"final_at":64,"height":64,"kind":{"one":["reported"]},"mode":8,"reported_at":64,"revision":16,"roster_version":32,"scheme":8,"seats":16,"signers":32}}]},
    },
};
