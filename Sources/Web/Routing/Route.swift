import Chronology
import Foundation
import Identifiers

/// Every address of the site. Links are written and requests are read through
/// this one type, so the two cannot drift apart.
public enum Route: Hashable, Sendable {
    case home
    case signIn
    /// Signing in by a provider.
    case provided(SignInRoute)
    case signOut
    case plan(String)
    case planStatus(String, FileFormat)
    case goal(plan: String, goal: String)
    case target(plan: String, target: String)
    case indicators
    case indicator(String)
    case indicatorFile(String)
    case people(String)
    case compare
    /// What efforts go with: the protocols, and the answer to one.
    case effects
    case effect(String)
    case law
    case rule(String)
    case whatIf
    case whatIfPeople
    case portfolios
    /// What the law allows, answered with the arithmetic.
    case allowed
    /// One question about what somebody can have.
    case entitlement(String)
    /// What is owed to one citizen, by number.
    case citizenLaw(Int64)
    /// Finding a citizen, one citizen by number, and a form about one.
    case citizens
    case citizen(Int64)
    case citizenForm(Int64, CitizenForm)
    /// The citizen's plan, and a letter about something registered.
    case myPlan(Int64)
    case letter(Int64)
    /// A planned conversation as a calendar's entry.
    case calendar(Int64)
    /// The guided way of the citizen's group, and what is noted by forms of their own.
    case course(Int64)
    case records(Int64)
    /// Messages, letters and files, what is in one file, and what is done for the citizen.
    case post(Int64)
    case file(Int64)
    case efforts(Int64)
    /// The plan across the municipality's parts.
    case wholePlan(Int64)
    /// Jobs that fit the citizen.
    case jobs(Int64)
    /// What the citizen has answered after conversations.
    case citizenFeedback(Int64)
    /// A page about a citizen as a PDF file.
    case printed(Int64, PrintedPage)
    /// Letters to many: all of them, a new one, one, and its letters to print.
    case mailings
    case newMailing
    case mailing(Int64)
    case mailingLetters(Int64)
    /// The quarter's management information: all of it, one quarter as it stands now, a note
    /// for it, and editions as they were drafted.
    case packs
    case pack(Quarter)
    case packFile(Quarter, PackFormat)
    case packNote(Quarter)
    /// One number of it, named in the query.
    case packNumber(Quarter)
    case edition(Int64)
    case editionNumber(Int64)
    case editionFile(Int64, PackFormat)
    /// What was moved since, and the registrations behind one number of that.
    case editionNow(Int64)
    case editionMoved(Int64)
    /// The published editions for other programs.
    case openData(OpenDataFile)
    /// A measure as an authority publishes it; the area stands in the query.
    case published(table: String, measure: String)
    /// Companies: what there is to do, a new one, one by CVR number, and a form about one.
    case companies
    case newCompany
    case company(Int64)
    case companyForm(Int64, CompanyForm)
    /// Companies' orders: all, one, a form about one, and who fits it.
    case orders
    case order(Int64)
    case orderForm(Int64, OrderForm)
    case candidates(Int64)
    /// Events, and job shops.
    case events(EventRoute)
    case shops(ShopRoute)
    /// Pools shared with other municipalities.
    case pool(PoolRoute)
    /// The citizen's own pages.
    case me(MeRoute)
    /// A company's own pages.
    case door(DoorRoute)
    /// Agreements on internships and wage subsidies: all, a new one, one, and a form about one.
    case agreements
    case newAgreement
    case agreement(Int64)
    case agreementForm(Int64, AgreementForm)
    /// One agreement for one who signs it, by the secret of the link; open to who has it.
    case sign(String)
    /// A citizen's invitation to act for the citizen, by its key.
    case represent(String)
    /// User surveys, and the questions of one by the secret of a link; open to who has it.
    case surveys(SurveyRoute)
    /// Samples of casework, actions, training, focus groups and councils.
    case quality(QualityRoute)
    /// Complaints, and the citizens' adviser.
    case complaints(ComplaintRoute)
    case adviser(AdviserRoute)
    case survey(String)
    /// Many citizens get another caseworker.
    case moveCases
    /// The questions after a conversation, by its key; open to everybody who has it.
    case feedback(String)
    /// The answers after conversations over time, with the warnings of a fall.
    case feedbackTrends
    /// How cases of repatriation are handled; open to everybody.
    case repatriation
    /// A caseworker's day, and what is typed and not saved yet.
    case day
    case drafts
    /// What is due to citizens these days.
    case due
    case lookups
    case accessibility
    /// What is kept about people, why and for how long.
    case privacy
    case health

    /// The path, percent-encoded where needed.
    public var path: String {
        switch self {
        case .home: "/"
        case .signIn: "/sign-in"
        case .provided(let route): route.path
        case .signOut: "/sign-out"
        case .plan(let id): "/plan/\(percentEncoded(id))"
        case .planStatus(let id, let format):
            "/plan/\(percentEncoded(id))/status.\(format.rawValue)"
        case .goal(let plan, let goal): "/plan/\(percentEncoded(plan))/goal/\(percentEncoded(goal))"
        case .target(let plan, let target):
            "/plan/\(percentEncoded(plan))/target/\(percentEncoded(target))"
        case .indicators: "/indicators"
        case .indicator(let id): "/indicators/\(percentEncoded(id))"
        case .indicatorFile(let id): "/indicators/\(percentEncoded(id))/figures.csv"
        case .people(let id): "/indicators/\(percentEncoded(id))/people"
        case .compare: "/compare"
        case .effects: "/effects"
        case .effect(let id): "/effects/\(percentEncoded(id))"
        case .law: "/law"
        case .rule(let id): "/law/rules/\(percentEncoded(id))"
        case .whatIf: "/law/what-if"
        case .whatIfPeople: "/law/what-if/people"
        case .portfolios: "/law/portfolios"
        case .allowed: "/law/allowed"
        case .entitlement(let id): "/law/allowed/\(percentEncoded(id))"
        case .citizenLaw(let number): "/law/citizens/\(number)"
        case .citizens: "/citizens"
        case .citizen(let number): "/citizens/\(number)"
        case .citizenForm(let number, let form): "/citizens/\(number)/\(form.rawValue)"
        case .myPlan(let number): "/citizens/\(number)/plan"
        case .letter(let number): "/citizens/\(number)/letter"
        case .calendar(let number): "/citizens/\(number)/conversation.ics"
        case .course(let number): "/citizens/\(number)/course"
        case .records(let number): "/citizens/\(number)/records"
        case .post(let number): "/citizens/\(number)/post"
        case .file(let number): "/citizens/\(number)/file"
        case .efforts(let number): "/citizens/\(number)/efforts"
        case .wholePlan(let number): "/citizens/\(number)/whole-plan"
        case .jobs(let number): "/citizens/\(number)/jobs"
        case .citizenFeedback(let number): "/citizens/\(number)/feedback"
        case .printed(let number, let page): "/citizens/\(number)/\(page.rawValue).pdf"
        case .mailings: "/mailings"
        case .newMailing: "/mailings/new"
        case .mailing(let number): "/mailings/\(number)"
        case .mailingLetters(let number): "/mailings/\(number)/letters.pdf"
        case .packs: "/packs"
        case .pack(let quarter): "/packs/\(quarter)"
        case .packFile(let quarter, let format): "/packs/\(quarter)/pack.\(format.rawValue)"
        case .packNote(let quarter): "/packs/\(quarter)/note"
        case .packNumber(let quarter): "/packs/\(quarter)/number"
        case .edition(let number): "/editions/\(number)"
        case .editionNumber(let number): "/editions/\(number)/number"
        case .editionFile(let number, let format): "/editions/\(number)/pack.\(format.rawValue)"
        case .editionNow(let number): "/editions/\(number)/now"
        case .editionMoved(let number): "/editions/\(number)/moved"
        case .openData(let file): "/packs/\(file.rawValue)"
        case .published(let table, let measure):
            "/published/\(percentEncoded(table))/\(percentEncoded(measure))"
        case .companies: "/companies"
        case .newCompany: "/companies/new"
        case .company(let number): "/companies/\(CVR.padded(number))"
        case .companyForm(let number, let form):
            "/companies/\(CVR.padded(number))/\(form.rawValue)"
        case .orders: "/orders"
        case .order(let number): "/orders/\(number)"
        case .orderForm(let number, let form): "/orders/\(number)/\(form.rawValue)"
        case .candidates(let number): "/orders/\(number)/candidates"
        case .events(let route): route.path
        case .shops(let route): route.path
        case .pool(let route): route.path
        case .me(let route): route.path
        case .door(let route): route.path
        case .agreements: "/agreements"
        case .newAgreement: "/agreements/new"
        case .agreement(let number): "/agreements/\(number)"
        case .agreementForm(let number, let form): "/agreements/\(number)/\(form.rawValue)"
        case .sign(let secret): "/sign/\(percentEncoded(secret))"
        case .represent(let key): "/represent/\(percentEncoded(key))"
        case .surveys(let route): route.path
        case .quality(let route): route.path
        case .complaints(let route): route.path
        case .adviser(let route): route.path
        case .survey(let secret): "/survey/\(percentEncoded(secret))"
        case .moveCases: "/move-cases"
        case .feedback(let key): "/feedback/\(percentEncoded(key))"
        case .feedbackTrends: "/feedback-trends"
        case .repatriation: "/repatriation"
        case .day: "/day"
        case .drafts: "/drafts"
        case .due: "/due"
        case .lookups: "/lookups"
        case .accessibility: "/accessibility"
        case .privacy: "/privacy"
        case .health: "/health"
        }
    }

    /// The address with a query, pairs without a value left out.
    public func link(_ query: [(String, String?)] = []) -> String {
        let pairs = query.compactMap { name, value in
            value.map { "\(percentEncoded(name))=\(percentEncoded($0))" }
        }
        return pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
    }
}

extension CVR {
    /// A company's number in eight digits, as its address has it.
    fileprivate static func padded(_ number: Int64) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, 8 - text.utf8.count)) + text
    }
}

/// RFC 3986 unreserved characters stand as they are; the rest is encoded.
func percentEncoded(_ text: String) -> String {
    var out = ""
    let hex = Array("0123456789ABCDEF")
    for byte in text.utf8 {
        switch byte {
        case 48...57, 65...90, 97...122, 45, 46, 95, 126:
            out.unicodeScalars.append(Unicode.Scalar(byte))
        default:
            out.append("%")
            out.append(hex[Int(byte >> 4)])
            out.append(hex[Int(byte & 15)])
        }
    }
    return out
}

/// The text with its percent-encoding undone; nil when that is no UTF-8.
func percentDecoded(_ text: some StringProtocol) -> String? { text.removingPercentEncoding }
