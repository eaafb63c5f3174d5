import Exchange

/// The addresses of shared pools, below `/pool`.
public enum PoolRoute: Hashable, Sendable {
    /// The partnerships that the municipality has registered.
    case all
    /// One, by its code.
    case one(String)
    /// What is behind a member's figures.
    case member(String, member: String)
    /// A shared order, and a form about it.
    case order(Place)
    case form(Place, Form)
    /// Where a program asks for feeds: the partnership, and the member that is asked.
    case feeds(String, member: String)

    /// A shared order's partnership, its owner, and its number there.
    public struct Place: Hashable, Sendable {
        public var code: String
        public var owner: String
        public var number: Int64

        public init(code: String, owner: String, number: Int64) {
            self.code = code
            self.owner = owner
            self.number = number
        }
    }

    /// What can be registered about a shared order.
    public enum Form: String, CaseIterable, Sendable {
        /// A citizen's card is offered to it.
        case offer
        /// The candidate of an offer was sent to the company, and got the job.
        case refer, hire
    }

    var path: String {
        switch self {
        case .all: "/pool"
        case .one(let code): "/pool/\(percentEncoded(code))"
        case .member(let code, let member):
            "/pool/\(percentEncoded(code))/members/\(percentEncoded(member))"
        case .order(let place):
            "/pool/\(percentEncoded(place.code))/orders/\(percentEncoded(place.owner))/"
                + "\(place.number)"
        case .feeds(let code, let member): PoolClient.path(code, member)
        case .form(let place, let form): PoolRoute.order(place).path + "/" + form.rawValue
        }
    }

    /// The route of a path's parts after `pool`, or nil where nothing is.
    init?(_ parts: ArraySlice<String>) {
        let parts = Array(parts)
        switch parts.count {
        case 0: self = .all
        case 1: self = .one(parts[0])
        case 3 where parts[1] == "members": self = .member(parts[0], member: parts[2])
        case 4...5 where parts[1] == "orders":
            guard let number = Int64(parts[3]), number > 0 else { return nil }
            let place = Place(code: parts[0], owner: parts[2], number: number)
            if parts.count == 4 {
                self = .order(place)
            } else if let form = Form(rawValue: parts[4]) {
                self = .form(place, form)
            } else {
                return nil
            }
        default: return nil
        }
    }
}
