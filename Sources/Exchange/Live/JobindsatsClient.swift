import Chronology
import Indicators
import Parameters

/// What is wanted of one table of jobindsats.dk. Everything else is found in the
/// table's own description when it is asked for.
public struct JobindsatsQuestion: Hashable, Sendable {
    /// In small letters, as the publisher writes its ids.
    public let table: String
    /// M, Q, QMAT, MYTD or Y.
    public var periodKind: String
    /// The latest so many periods; all there are when there are fewer.
    public var periods: Int
    /// Measure groups; empty for all.
    public var groups: [String]
    /// For a dimension or hierarchy, by id or name, the member that is wanted, by path
    /// or name. A dimension that is not here is taken as a whole.
    public var members: [String: String]
    /// The measure's name by the title of its column.
    public var measures: [String: String]

    public init(
        table: String, periodKind: String = "M", periods: Int = 12, groups: [String] = [],
        members: [String: String] = [:], measures: [String: String] = [:]
    ) {
        self.table = table.lowercased()
        self.periodKind = periodKind
        self.periods = periods
        self.groups = groups
        self.members = members
        self.measures = measures
    }
}

/// Asks version 3 of the interface of jobindsats.dk.
public struct JobindsatsClient: Sendable {
    public static let address = "https://api.jobindsats.dk/v3"

    private let base: String
    private let token: AccessToken
    private let transport: PatientTransport
    private let municipalities: MunicipalityList

    /// Throws `SourceProblem` when the token is missing or would go over an open line.
    public init(
        base: String = JobindsatsClient.address, token: AccessToken?, transport: PatientTransport,
        municipalities: MunicipalityList
    ) throws(SourceProblem) {
        self.base = try BaseAddress.checked(base, .jobindsats, carriesToken: true)
        guard let token else { throw SourceProblem(.tokenMissing, .jobindsats, address: base) }
        self.token = token
        self.transport = transport
        self.municipalities = municipalities
    }

    /// All that is offered.
    public func tables() async throws(SourceProblem) -> [JobindsatsListing] {
        let (document, address) = try await document("tables")
        guard let all = JobindsatsListing.all(document) else {
            throw unreadable("subject_name, table_groups, tables", address)
        }
        return all
    }

    /// What one table can be asked for.
    public func table(_ id: String) async throws(SourceProblem) -> JobindsatsTable {
        guard BaseAddress.isIdentifier(id) else {
            throw SourceProblem(
                .notFound, .jobindsats, address: "\(base)/table/…", found: id)
        }
        let (document, address) = try await document("table/\(id)")
        guard let table = JobindsatsTable(document) else {
            throw unreadable("periods, dimensions, mgroups", address)
        }
        return table
    }

    /// The figures that are asked for, of all municipalities and the whole country.
    /// Throws `SourceProblem` when anything is not as the table's description says.
    public func data(_ question: JobindsatsQuestion) async throws(SourceProblem) -> Retrieved {
        let table = try await table(question.table)
        let plan = try JobindsatsPlan(
            question, table, address: "\(base)/table/\(question.table)",
            isMunicipality: { municipalities.named($0) != nil })
        let address = "\(base)/data/\(question.table)?\(plan.query)"
        let answer = try await transport.send(
            OutsideRequest(.get, address, token: token), to: .jobindsats)
        var problems = ImportProblems(limit: 1)
        guard let reply = JobindsatsReply(answer.bytes, &problems) else {
            throw SourceProblem(problems, .jobindsats, address: address)
        }
        let reading = try plan.reading(reply, address: address)
        do {
            let content = try JobindsatsReader(municipalities: municipalities)
                .read(reply, table: reading)
            return Retrieved(
                source: .jobindsats, table: question.table, question: plan.question,
                address: address, bytes: answer.bytes, columns: reply.columns, content: content)
        } catch {
            throw SourceProblem(error, .jobindsats, address: address)
        }
    }

    private func document(_ path: String) async throws(SourceProblem) -> (JSONValue, String) {
        let address = "\(base)/\(path)?format=json"
        let answer = try await transport.send(
            OutsideRequest(.get, address, token: token), to: .jobindsats)
        guard let document = JSONValue(answer.bytes) else {
            throw unreadable(
                "JSON", address, found: String(decoding: answer.bytes.prefix(40), as: UTF8.self))
        }
        return (document, address)
    }

    private func unreadable(
        _ expected: String, _ address: String, found: String = "{…}"
    ) -> SourceProblem {
        SourceProblem(
            .unreadable, .jobindsats, address: address, found: found, accepted: [expected])
    }
}
