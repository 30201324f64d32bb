import { Route, Router, Switch } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";

/** What is shown where. Places stand behind the `#`, so that the bundle works from any folder and in Keplr's browser. */
export function App() {
    return (
        <Router hook={useHashLocation}>
            <Switch>
                <Route path="/">
                    <main>
                        <h1>Gridpact</h1>
                    </main>
                </Route>
            </Switch>
        </Router>
    );
}
