import Chronology
import Foundation
import Registry

/// What the members of a partnership agree on, as a JSON file that each of them registers.
public struct PoolAgreement: Hashable, Sendable {
    /// Its number is given when it is registered; so are the members'.
    public var partnership: Partnership
    public var members: [PartnershipMember]
    /// Where members are asked for their feeds, by member; those without are sent files.
    public var addresses: [String: String]

    public init(
        partnership: Partnership, members: [PartnershipMember],
        addresses: [String: String] = [:]
    ) {
        self.partnership = partnership
        self.members = members
        self.addresses = addresses
    }

    private struct Paper: Codable {
        var code: String
        var name: String
        var fields: [String]
        var postcode: String
        var decides: String
        var start: String
        var end: String?
        var members: [Line]
    }

    private struct Line: Codable {
        var kind: String
        var member: String
        var publicKey: String
        var address: String?
        var weight: Int
        var start: String
        var end: String?
    }

    /// Throws `PoolProblem.agreement` with the place of the first thing that is wrong:
    /// `members.2.start`.
    public static func read(_ bytes: [UInt8]) throws(PoolProblem) -> PoolAgreement {
        let paper: Paper
        do {
            paper = try JSONDecoder().decode(Paper.self, from: Data(bytes))
        } catch let error as DecodingError {
            throw .agreement(place(of: error))
        } catch { throw .agreement("") }
        var fields: [PoolField] = []
        for (place, name) in paper.fields.enumerated() {
            guard let field = PoolField(rawValue: name) else {
                throw .agreement("fields.\(place + 1)")
            }
            fields.append(field)
        }
        guard let postcode = PostcodeShown(rawValue: paper.postcode) else {
            throw .agreement("postcode")
        }
        let partnership = Partnership(
            id: FactID(0), code: paper.code, name: paper.name, fields: fields,
            postcode: postcode, decides: paper.decides,
            start: try day(paper.start, "start"), end: try optional(paper.end, "end"))
        var members: [PartnershipMember] = []
        var addresses: [String: String] = [:]
        for (place, line) in paper.members.enumerated() {
            let at = "members.\(place + 1)"
            guard let kind = PoolMemberKind(rawValue: line.kind) else {
                throw .agreement("\(at).kind")
            }
            if let address = line.address {
                guard PoolClient.isAddress(address) else { throw .agreement("\(at).address") }
                addresses[line.member] = address
            }
            members.append(
                PartnershipMember(
                    id: FactID(0), partnership: FactID(0), kind: kind, member: line.member,
                    publicKey: line.publicKey, weight: line.weight,
                    start: try day(line.start, "\(at).start"),
                    end: try optional(line.end, "\(at).end")))
        }
        return PoolAgreement(
            partnership: partnership, members: members, addresses: addresses)
    }

    private static func place(of error: DecodingError) -> String {
        func path(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
            (context.codingPath + (last.map { [$0] } ?? [])).map { key in
                key.intValue.map { String($0 + 1) } ?? key.stringValue
            }.joined(separator: ".")
        }
        return switch error {
        case .keyNotFound(let key, let context): path(context, key)
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
            .dataCorrupted(let context):
            path(context)
        @unknown default: ""
        }
    }

    private static func day(_ text: String, _ place: String) throws(PoolProblem) -> Day {
        guard let day = Day(iso: text) else { throw .agreement(place) }
        return day
    }

    private static func optional(
        _ text: String?, _ place: String
    ) throws(PoolProblem) -> Day? {
        guard let text else { return nil }
        return try day(text, place)
    }
}
