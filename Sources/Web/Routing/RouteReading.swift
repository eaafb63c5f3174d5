import Chronology
import Foundation
import Identifiers

extension Route {
    /// The route of a path, or nil where nothing is.
    public init?(path: String) {
        let parts = path.split(separator: "/").map { $0.removingPercentEncoding ?? String($0) }
        if parts.first == "me" {
            guard let route = MeRoute(path) else { return nil }
            self = .me(route)
            return
        }
        if parts.first == "door" {
            guard let route = DoorRoute(path) else { return nil }
            self = .door(route)
            return
        }
        if parts.first == "pool" {
            guard let route = PoolRoute(parts.dropFirst()) else { return nil }
            self = .pool(route)
            return
        }
        if parts.count == 4, parts[0] == "exchange", parts[1] == "pool" {
            self = .pool(.feeds(parts[2], member: parts[3]))
            return
        }
        if parts.first == "quality" {
            guard let route = QualityRoute(path: path, parts) else { return nil }
            self = .quality(route)
            return
        }
        if let route = SignInRoute(path: path) {
            self = .provided(route)
            return
        }
        switch parts.count {
        case 0: self = .home
        case 1:
            let single: [Route] = [
                .signIn, .signOut, .indicators, .compare, .effects, .law, .citizens, .due, .day,
                .drafts, .lookups, .accessibility, .privacy, .health, .mailings, .moveCases,
                .repatriation,
                .packs, .companies, .orders, .events(.list), .shops(.list), .agreements,
                .surveys(.list), .feedbackTrends, .complaints(.list), .adviser(.list),
            ]
            guard let route = single.first(where: { $0.path == "/" + parts[0] }) else { return nil }
            self = route
        case 2 where parts[0] == "citizens", 3 where parts[0] == "citizens":
            guard let number = Int64(parts[1]), number > 0 else { return nil }
            let routes =
                parts.count == 2
                ? [Route.citizen(number)]
                : [
                    .myPlan(number), .letter(number), .calendar(number), .course(number),
                    .records(number), .post(number), .file(number), .efforts(number),
                    .wholePlan(number), .jobs(number), .citizenFeedback(number),
                ] + PrintedPage.allCases.map { .printed(number, $0) }
                    + CitizenForm.allCases.map { .citizenForm(number, $0) }
            guard let route = routes.first(where: { $0.path == path }) else { return nil }
            self = route
        case 2 where parts[0] == "companies", 3 where parts[0] == "companies",
            2 where parts[0] == "orders", 3 where parts[0] == "orders",
            2 where parts[0] == "agreements", 3 where parts[0] == "agreements":
            guard let route = Route.ofEmployers(path, parts[1]) else { return nil }
            self = route
        case 2 where path == Route.newMailing.path: self = .newMailing
        case 2 where parts[0] == "events", 3 where parts[0] == "events":
            guard let route = EventRoute(path, parts[1]) else { return nil }
            self = .events(route)
        case 2 where parts[0] == "shops", 3 where parts[0] == "shops":
            guard let route = ShopRoute(path, parts[1]) else { return nil }
            self = .shops(route)
        case 2 where parts[0] == "surveys", 3 where parts[0] == "surveys":
            guard let route = SurveyRoute(path, parts[1]) else { return nil }
            self = .surveys(route)
        case 2 where ["complaints", "adviser"].contains(parts[0]),
            3 where ["complaints", "adviser"].contains(parts[0]):
            let found =
                ComplaintRoute(path, parts[1]).map { Route.complaints($0) }
                ?? AdviserRoute(path, parts[1]).map { .adviser($0) }
            guard let found else { return nil }
            self = found
        case 2 where parts[0] == "survey": self = .survey(parts[1])
        case 2 where parts[0] == "feedback": self = .feedback(parts[1])
        case 2 where parts[0] == "sign": self = .sign(parts[1])
        case 2 where parts[0] == "represent": self = .represent(parts[1])
        case 2 where parts[0] == "mailings", 3 where parts[0] == "mailings":
            guard let number = Int64(parts[1]), number > 0,
                let route = [Route.mailing(number), .mailingLetters(number)]
                    .first(where: { $0.path == path })
            else { return nil }
            self = route
        case 2 where parts[0] == "packs", 3 where parts[0] == "packs",
            2 where parts[0] == "editions", 3 where parts[0] == "editions":
            guard let route = Route.ofPacks(path, parts[1]) else { return nil }
            self = route
        case 2 where parts[0] == "plan": self = .plan(parts[1])
        case 2 where parts[0] == "indicators": self = .indicator(parts[1])
        case 2 where parts[0] == "effects": self = .effect(parts[1])
        case 2 where parts[0] == "law":
            guard
                let route = [Route.whatIf, .portfolios, .allowed].first(where: { $0.path == path })
            else {
                return nil
            }
            self = route
        case 3 where parts[0] == "published":
            self = .published(table: parts[1], measure: parts[2])
        case 3 where path == Route.whatIfPeople.path: self = .whatIfPeople
        case 3 where parts[0] == "law" && parts[1] == "rules": self = .rule(parts[2])
        case 3 where parts[0] == "law" && parts[1] == "allowed": self = .entitlement(parts[2])
        case 3 where parts[0] == "law" && parts[1] == "citizens":
            guard let number = Int64(parts[2]), number > 0 else { return nil }
            self = .citizenLaw(number)
        case 3 where parts[0] == "plan" && parts[2].hasPrefix("status."):
            guard let format = FileFormat(rawValue: String(parts[2].dropFirst(7))) else {
                return nil
            }
            self = .planStatus(parts[1], format)
        case 3 where parts[0] == "indicators" && parts[2] == "people": self = .people(parts[1])
        case 3 where parts[0] == "indicators" && parts[2] == "figures.csv":
            self = .indicatorFile(parts[1])
        case 4 where parts[0] == "plan" && parts[2] == "goal":
            self = .goal(plan: parts[1], goal: parts[3])
        case 4 where parts[0] == "plan" && parts[2] == "target":
            self = .target(plan: parts[1], target: parts[3])
        default: return nil
        }
    }

    private static func ofEmployers(_ path: String, _ name: String) -> Route? {
        var routes = [Route.newCompany, .newAgreement]
        if let number = Int64(name), number > 0 {
            routes += [.company(number), .order(number), .candidates(number), .agreement(number)]
            routes += AgreementForm.allCases.map { .agreementForm(number, $0) }
            routes += CompanyForm.allCases.map { .companyForm(number, $0) }
            routes += OrderForm.allCases.map { .orderForm(number, $0) }
        }
        return routes.first { $0.path == path }
    }

    private static func ofPacks(_ path: String, _ name: String) -> Route? {
        var routes = OpenDataFile.allCases.map { Route.openData($0) }
        if let number = Int64(name), number > 0 {
            routes += [
                .edition(number), .editionNumber(number), .editionNow(number),
                .editionMoved(number),
            ]
            routes += PackFormat.allCases.map { .editionFile(number, $0) }
        }
        if case .quarter(let quarter)? = Period(name) {
            routes += [.pack(quarter), .packNote(quarter), .packNumber(quarter)]
            routes += PackFormat.allCases.map { .packFile(quarter, $0) }
        }
        return routes.first { $0.path == path }
    }
}
