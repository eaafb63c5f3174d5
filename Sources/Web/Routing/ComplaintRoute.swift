import Registry

/// Addresses of complaints (klager). The overview without names is open to everybody.
public enum ComplaintRoute: Hashable, Sendable {
    case list, overview
    case one(Int64)
    case form(Int64, ComplaintStepKind)

    /// What can be registered of a complaint: each step but its coming in.
    static let forms = ComplaintStepKind.allCases.filter { $0 != .filed }

    public var path: String {
        switch self {
        case .list: "/complaints"
        case .overview: "/complaints/overview"
        case .one(let number): "/complaints/\(number)"
        case .form(let number, let kind): "/complaints/\(number)/\(kind.rawValue)"
        }
    }

    /// Whether everybody may see it.
    var isOpen: Bool { self == .overview }

    /// The route of a path whose second part is `name`.
    init?(_ path: String, _ name: String) {
        var routes = [ComplaintRoute.overview]
        if let number = Int64(name), number > 0 {
            routes += [.one(number)] + Self.forms.map { .form(number, $0) }
        }
        guard let route = routes.first(where: { $0.path == path }) else { return nil }
        self = route
    }
}

/// Addresses of the citizens' adviser (borgerrådgiveren). The overview without names is open to
/// everybody.
public enum AdviserRoute: Hashable, Sendable {
    case list, overview
    /// What is between one citizen and the adviser.
    case one(Int64)
    /// The case, while its citizen says yes.
    case timeline(Int64)
    case form(Int64, Form)

    public enum Form: String, CaseIterable, Sendable { case write, join, close }

    public var path: String {
        switch self {
        case .list: "/adviser"
        case .overview: "/adviser/overview"
        case .one(let number): "/adviser/\(number)"
        case .timeline(let number): "/adviser/\(number)/case"
        case .form(let number, let form): "/adviser/\(number)/\(form.rawValue)"
        }
    }

    var isOpen: Bool { self == .overview }

    init?(_ path: String, _ name: String) {
        var routes = [AdviserRoute.overview]
        if let number = Int64(name), number > 0 {
            routes += [.one(number), .timeline(number)]
            routes += Form.allCases.map { .form(number, $0) }
        }
        guard let route = routes.first(where: { $0.path == path }) else { return nil }
        self = route
    }
}
