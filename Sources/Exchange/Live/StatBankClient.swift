import Foundation
import Indicators
import Parameters

/// What is wanted of one table of Statistikbanken.
public struct StatBankQuestion: Hashable, Sendable {
    /// In capitals, as the bank writes its ids.
    public let table: String
    /// The latest so many periods; all there are when there are fewer.
    public var periods: Int
    /// The values wanted of a variable, by its code. A variable that is not here is
    /// left out, which gives its total where it has one.
    public var values: [String: [String]]
    /// The measure's name by the codes of what was chosen, joined with `/`.
    public var measures: [String: String]

    public init(
        table: String, periods: Int = 12, values: [String: [String]] = [:],
        measures: [String: String] = [:]
    ) {
        self.table = table.uppercased()
        self.periods = periods
        self.values = values
        self.measures = measures
    }
}

/// Asks Danmarks Statistik's Statistikbanken. It needs no token.
public struct StatBankClient: Sendable {
    public static let address = "https://api.statbank.dk/v1"

    private let base: String
    private let transport: PatientTransport
    private let municipalities: MunicipalityList

    /// Throws `SourceProblem` when the address is none.
    public init(
        base: String = StatBankClient.address, transport: PatientTransport,
        municipalities: MunicipalityList
    ) throws(SourceProblem) {
        self.base = try BaseAddress.checked(base, .statbank, carriesToken: false)
        self.transport = transport
        self.municipalities = municipalities
    }

    /// What one table can be asked for.
    public func table(_ id: String) async throws(SourceProblem) -> StatBankTable {
        guard BaseAddress.isIdentifier(id) else {
            throw SourceProblem(
                .notFound, .statbank, address: "\(base)/tableinfo/…", found: id)
        }
        let address = "\(base)/tableinfo/\(id)?lang=da&format=JSON"
        let answer = try await transport.send(OutsideRequest(.get, address), to: .statbank)
        guard let table = JSONValue(answer.bytes).flatMap({ StatBankTable($0) }) else {
            throw SourceProblem(
                .unreadable, .statbank, address: address,
                found: String(decoding: answer.bytes.prefix(40), as: UTF8.self),
                accepted: ["id, variables"])
        }
        return table
    }

    /// The figures that are asked for, of all municipalities and the whole country.
    /// Throws `SourceProblem` when anything is not as the table's description says.
    public func data(_ question: StatBankQuestion) async throws(SourceProblem) -> Retrieved {
        let table = try await table(question.table)
        let plan = try StatBankPlan(
            question, table, municipalities, address: "\(base)/tableinfo/\(question.table)")
        let address = "\(base)/data"
        let body = plan.body
        let answer = try await transport.send(
            OutsideRequest(.post, address, body: body), to: .statbank)
        let told = "\(address) \(String(decoding: body, as: UTF8.self))"
        func unreadable(_ found: String, _ accepted: String) -> SourceProblem {
            SourceProblem(
                .unreadable, .statbank, address: address, found: found, accepted: [accepted])
        }
        guard let document = JSONValue(answer.bytes) else {
            throw unreadable(String(decoding: answer.bytes.prefix(40), as: UTF8.self), "JSON-stat")
        }
        let cube: JSONStat
        do { cube = try JSONStat(document) } catch { throw unreadable(error.place, "JSON-stat") }
        let ids = cube.dimensions.map(\.id)
        try plan.check(ids, address: address)
        do {
            var content = try StatBankReader(
                municipalities: municipalities, table: question.table, area: plan.area,
                time: plan.time, measures: question.measures
            ).read(cube)
            if table.tellsOfFormer(municipalities) { content.leaveOutFormerBorders(municipalities) }
            return Retrieved(
                source: .statbank, table: question.table, question: plan.question,
                address: told, bytes: answer.bytes, columns: ids, content: content)
        } catch {
            throw SourceProblem(error, .statbank, address: address)
        }
    }
}

/// A question to Statistikbanken held against the table's own description.
struct StatBankPlan {
    let area: String
    let time: String
    /// What is posted.
    let body: [UInt8]
    /// What was chosen, without areas and periods.
    let question: String
    private let chosen: [String]

    private struct Body: Encodable {
        struct Variable: Encodable {
            var code: String
            var values: [String]
        }
        var table: String
        var format = "JSONSTAT"
        var lang = "da"
        var variables: [Variable]
    }

    init(
        _ question: StatBankQuestion, _ table: StatBankTable, _ municipalities: MunicipalityList,
        address: String
    ) throws(SourceProblem) {
        func problem(
            _ kind: SourceProblem.Kind, _ found: String, _ accepted: [String]
        ) -> SourceProblem {
            SourceProblem(
                kind, .statbank, address: address, found: found,
                accepted: Array(accepted.prefix(20)))
        }
        let ids = table.variables.map(\.id)
        guard let areas = table.areas(municipalities) else {
            throw problem(.noAreas, table.id, ids)
        }
        guard let times = table.variables.first(where: \.isTime), !times.values.isEmpty else {
            throw problem(.noPeriods, "Tid", ids)
        }
        let others = table.variables.filter { $0.id != areas.id && $0.id != times.id }
        if let wrong = question.values.keys.sorted().first(where: { key in
            !others.contains { $0.id == key }
        }) {
            throw problem(.unknownSelection, wrong, others.map(\.id))
        }
        var variables: [Body.Variable] = []
        for variable in others {
            func told() -> [String] { variable.values.map { "\($0.id) (\($0.text))" } }
            guard let wanted = question.values[variable.id] else {
                if variable.canBeLeftOut { continue }
                guard variable.values.count == 1 else {
                    throw problem(.chooseMember, variable.id, told())
                }
                variables.append(.init(code: variable.id, values: variable.values.map(\.id)))
                continue
            }
            if let wrong = wanted.first(where: { id in !variable.values.contains { $0.id == id } })
            {
                throw problem(.unknownMember, "\(variable.id)=\(wrong)", told())
            }
            variables.append(.init(code: variable.id, values: wanted))
        }
        area = areas.id
        time = times.id
        chosen = variables.map(\.code)
        self.question = variables.map { "\($0.code)=\($0.values.joined(separator: ","))" }
            .joined(separator: "&")
        let codes = areas.values.map(\.id).filter { id in
            StatBankTable.code(id).map { $0 == 0 || municipalities[$0] != nil } ?? false
        }
        variables.insert(.init(code: areas.id, values: codes), at: 0)
        variables.append(
            .init(
                code: times.id, values: times.values.suffix(max(1, question.periods)).map(\.id)))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let encoded = try? encoder.encode(Body(table: table.id, variables: variables))
        body = encoded.map { Array($0) } ?? []
    }

    /// Throws `SourceProblem` when the answer lacks a variable that was asked for, or has
    /// one that was not.
    func check(_ ids: [String], address: String) throws(SourceProblem) {
        let promised = [area, time] + chosen
        let missing = promised.filter { !ids.contains($0) }
        let new = ids.filter { !promised.contains($0) && $0 != "ContentsCode" }
        guard missing.isEmpty, new.isEmpty else {
            throw SourceProblem(
                .changedColumns, .statbank, address: address,
                found: new.isEmpty ? "–" : new.joined(separator: ", "),
                accepted: missing.isEmpty ? ["–"] : missing)
        }
    }
}
