/// Addresses of events (arrangementer).
public enum EventRoute: Hashable, Sendable {
    case list, new
    case one(Int64)
    /// Who could have which seat, and why.
    case fill(Int64)
    case form(Int64, EventForm)

    /// What can be registered about an event.
    public enum EventForm: String, CaseIterable, Sendable {
        case edit, stand
        case signUp = "sign-up"
        case attendance, seat, distribute
    }

    public var path: String {
        switch self {
        case .list: "/events"
        case .new: "/events/new"
        case .one(let number): "/events/\(number)"
        case .fill(let number): "/events/\(number)/fill"
        case .form(let number, let form): "/events/\(number)/\(form.rawValue)"
        }
    }

    /// The route of a path whose second part is `name`.
    init?(_ path: String, _ name: String) {
        var routes = [EventRoute.new]
        if let number = Int64(name), number > 0 {
            routes += [.one(number), .fill(number)]
            routes += EventForm.allCases.map { .form(number, $0) }
        }
        guard let route = routes.first(where: { $0.path == path }) else { return nil }
        self = route
    }
}

/// Addresses of job shops (jobbutikker).
public enum ShopRoute: Hashable, Sendable {
    case list, new
    case one(Int64)
    case form(Int64, ShopForm)

    /// What can be registered about a job shop.
    public enum ShopForm: String, CaseIterable, Sendable { case edit, visit }

    public var path: String {
        switch self {
        case .list: "/shops"
        case .new: "/shops/new"
        case .one(let number): "/shops/\(number)"
        case .form(let number, let form): "/shops/\(number)/\(form.rawValue)"
        }
    }

    /// The route of a path whose second part is `name`.
    init?(_ path: String, _ name: String) {
        var routes = [ShopRoute.new]
        if let number = Int64(name), number > 0 {
            routes.append(.one(number))
            routes += ShopForm.allCases.map { .form(number, $0) }
        }
        guard let route = routes.first(where: { $0.path == path }) else { return nil }
        self = route
    }
}
