import Views

/// The addresses of a company's own pages, below `/door`.
public enum DoorRoute: Hashable, Sendable {
    /// What waits for the company.
    case home
    case orders, agreements, events
    /// One order, one agreement.
    case order(Int64), agreement(Int64)
    case form(Form)

    /// What a company can send.
    public enum Form: String, CaseIterable, Sendable {
        case order, correct, close
        /// About one who was referred; `id` is the order's and the referral's number.
        case answer
        case limits
        case fastTrack = "fast-track"
        /// Asks to be rung or visited.
        case contact
        case signUp = "sign-up"
        /// How it went.
        case say
        /// Yes or no to a focus group; `id` names the invitation.
        case focus
    }

    var path: String {
        switch self {
        case .home: "/door"
        case .orders: "/door/orders"
        case .agreements: "/door/agreements"
        case .events: "/door/events"
        case .order(let number): "/door/orders/\(number)"
        case .agreement(let number): "/door/agreements/\(number)"
        case .form(let form): "/door/do/\(form.rawValue)"
        }
    }

    /// The route of a path that begins with `/door`, or nil where nothing is.
    init?(_ path: String) {
        var routes: [DoorRoute] = [.home, .orders, .agreements, .events]
        routes += Form.allCases.map { .form($0) }
        if let number = path.split(separator: "/").last.flatMap({ Int64($0) }), number > 0 {
            routes += [.order(number), .agreement(number)]
        }
        guard let route = routes.first(where: { $0.path == path }) else { return nil }
        self = route
    }

    /// The part of the navigation it stands under.
    var section: Section {
        switch self {
        case .orders, .order, .form(.order), .form(.correct), .form(.close), .form(.answer),
            .form(.say):
            .doorOrders
        case .agreements, .agreement, .form(.limits): .doorAgreements
        case .events, .form(.signUp), .form(.focus): .doorEvents
        case .home, .form(.fastTrack), .form(.contact): .door
        }
    }
}
