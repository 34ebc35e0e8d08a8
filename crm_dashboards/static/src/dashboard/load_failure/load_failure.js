import {Component} from "@odoo/owl";

/** In the place of a dashboard that could not be loaded: why, and another try. */
export class LoadFailure extends Component {
    static template = "crm_dashboards.LoadFailure";
    static props = {message: String, onRetry: Function};
}
