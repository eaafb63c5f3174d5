extension Route {
    /// The forms a status leaves in as a file.
    public enum FileFormat: String, CaseIterable, Sendable { case json, csv }

    /// The files of a quarter's management information.
    public enum PackFormat: String, CaseIterable, Sendable { case pdf, xlsx, csv, json }

    /// How open data are described.
    public enum OpenDataFile: String, CaseIterable, Sendable {
        /// DCAT-AP-DK in JSON-LD.
        case catalogue = "catalogue.jsonld"
        /// CSVW, the columns of the CSV files.
        case columns = "csv-metadata.json"
    }

    /// What is printed of a citizen.
    public enum PrintedPage: String, CaseIterable, Sendable {
        case letter, plan
        case wholePlan = "whole-plan"
    }

    /// What can be registered about a citizen.
    public enum CitizenForm: String, CaseIterable, Sendable {
        /// A conversation that was held, one to come, and one the citizen stayed away from.
        case conversation, summons, absence
        case planLine = "plan-line"
        case effort
        case followUp = "follow-up"
        case effortEnd = "effort-end"
        case handOver = "hand-over"
        case act
        case partialReturn = "partial-return"
        case decision, record
        case recordEnd = "record-end"
        case message
        case messageDone = "message-done"
        case document
        case jobProfile = "job-profile"
        case jobChoice = "job-choice"
        /// A citizen's consent to a shared pool, and that it is withdrawn.
        case poolConsent = "pool-consent"
        case poolWithdrawal = "pool-withdrawal"
        /// A complaint that came by letter or telephone.
        case complaint
        case withdraw
    }

    /// What can be registered about a company.
    public enum CompanyForm: String, CaseIterable, Sendable {
        case order
        /// A contact that was held, one to come, and how that one went.
        case contact
        case plan = "planned-contact"
        case contactDone = "contact-done"
        case record
        case recordEnd = "record-end"
        /// What the law allows, before anybody is asked for.
        case limits
    }

    /// What can be done with an agreement.
    public enum AgreementForm: String, CaseIterable, Sendable {
        case change, link, replace, sign, withdraw
    }

    /// What can be registered about an order.
    public enum OrderForm: String, CaseIterable, Sendable {
        case correct, step, refer, candidate, hire
        /// Into a pool.
        case share
    }
}
