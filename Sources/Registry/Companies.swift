import Chronology
import Identifiers

/// What the public register of companies says of a company besides its name and industry
/// (CVR-registerets oplysninger). It has the company's number.
public struct CompanyEntry: Hashable, Sendable {
    public var cvr: CVR
    /// The legal form as the register writes it: `A/S`, `Enkeltmandsvirksomhed`.
    public var form: String
    public var phone: String
    public var mail: String
    /// The company does not want to be written to with advertisements (reklamebeskyttet).
    public var isProtected: Bool
    /// The day it ceased; nil while it exists.
    public var ceased: Day?

    public init(
        cvr: CVR, form: String = "", phone: String = "", mail: String = "",
        isProtected: Bool = false, ceased: Day? = nil
    ) {
        self.cvr = cvr
        self.form = form
        self.phone = phone
        self.mail = mail
        self.isProtected = isProtected
        self.ceased = ceased
    }
}

/// What the public register of companies says of a production unit (produktionsenhed): where
/// it is and whether it is open. It has the unit's number.
public struct WorkplaceEntry: Hashable, Sendable {
    public var number: ProductionUnitNumber
    public var company: CVR
    public var name: String
    /// Two-digit industry code (DB07), or empty.
    public var industry: String
    public var street: String
    /// Four digits, or what stands instead for a place abroad.
    public var postcode: String
    public var town: String
    /// The day it closed; nil while it is open.
    public var closed: Day?

    public init(
        number: ProductionUnitNumber, company: CVR, name: String, industry: String = "",
        street: String = "", postcode: String = "", town: String = "", closed: Day? = nil
    ) {
        self.number = number
        self.company = company
        self.name = name
        self.industry = industry
        self.street = street
        self.postcode = postcode
        self.town = town
        self.closed = closed
    }
}

/// Something noted about a company by a form of its own: a contact person, an agreement, what
/// it can offer (optegnelse om en virksomhed). Its kind says which fields it has.
public struct CompanyRecord: FormRecord {
    public var id: FactID
    public var company: CVR
    /// The kind's id in the catalogue of records about companies.
    public var record: String
    public var start: Day
    /// The last day; nil while it goes on. The same as `start` for what is of one day.
    public var end: Day?
    /// What was answered, as in ``CaseRecord``.
    public var answers: [String: String]

    public init(
        id: FactID, company: CVR, record: String, start: Day, end: Day?,
        answers: [String: String]
    ) {
        self.id = id
        self.company = company
        self.record = record
        self.start = start
        self.end = end
        self.answers = answers
    }

    public func holds(on day: Day) -> Bool { start <= day && day <= end ?? .openEnd }
}

/// What belongs to a contact with a company beside its day and form: who, why, and what was
/// said (kontaktplanens og kontaktens indhold). It has the contact's number.
public struct ContactNote: Hashable, Sendable {
    public var id: FactID
    public var company: CVR
    /// Who holds it, and the team, so that two teams do not visit the same company.
    public var staff: FactID?
    public var team: String
    public var reason: ContactReason
    /// Minutes after midnight; nil where no time is agreed.
    public var begins: Int?
    /// Whom they talk with at the company.
    public var person: String
    public var text: String

    public init(
        id: FactID, company: CVR, staff: FactID? = nil, team: String = "",
        reason: ContactReason, begins: Int? = nil, person: String = "", text: String = ""
    ) {
        self.id = id
        self.company = company
        self.staff = staff
        self.team = team
        self.reason = reason
        self.begins = begins
        self.person = person
        self.text = text
    }
}

/// Why a company is contacted (kontaktens anledning).
public enum ContactReason: String, CaseIterable, Sendable {
    /// The systematic round of companies
    case planned
    /// Its need of labour, or an order
    case recruitment
    /// Internships, wage subsidies and small jobs for a group of citizens
    case openings
    /// Follow-up on somebody who is there
    case followUp
    /// A sick employee to keep
    case retention
    /// Upskilling, apprentices and adult apprentices
    case upskilling
    /// Compensation schemes and other advice
    case advice
}
