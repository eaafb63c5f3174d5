import Chronology
import Foundation
import Identifiers
import Registry
import Testing
import Yams

@testable import Indicators

/// A generator whose numbers follow from its seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

func day(_ iso: String) -> Day { Day(iso: iso)! }
func period(_ code: String) -> Period { Period(code)! }
let herlev = MunicipalityCode(number: 163)
let hillerød = MunicipalityCode(number: 219)
let catalogue = try! Catalogue.bundled()

/// A file of worked examples: facts in, figures out.
struct Example: CustomTestStringConvertible, Sendable {
    var name: String
    var register: Register
    var checks: [Check]
    var testDescription: String { name }

    struct Check: Sendable {
        var request: FigureRequest
        var labels: [String]
        var value: Double?
        var numerator: Double?
        var denominator: Double?
    }

    static func read(_ file: String) -> [Example] {
        let url = Bundle.module.url(forResource: "Resources/\(file)", withExtension: "yaml")!
        let root = try! Yams.compose(yaml: String(contentsOf: url, encoding: .utf8))!
        return root["examples"]!.array().map { Example($0) }
    }

    static let all = ["benefits", "spells", "unemployment", "work", "casework", "companies"]
        .flatMap { read($0) }

    private init(_ node: Node) {
        name = node["name"]!.string!
        var builder = RegisterBuilder()
        var nextID: Int64 = 1
        for row in node["facts"]!.array() {
            let times = row["times"]?.int ?? 1
            for index in 0..<times {
                let (fact, place) = FactReader(row: row, offset: Int64(index), id: nextID).read()
                builder.add(fact, in: place)
                nextID += 1
            }
        }
        register = Register(builder, catalogue: catalogue)
        let asOf = day(node["asOf"]!.string!)
        checks = node["figures"]!.array().map { row in
            var request = FigureRequest(
                IndicatorID(row["indicator"]!.string!),
                periods: [period(row["period"]!.string!)],
                asOf: row["asOf"].flatMap { $0.string }.map { day($0) } ?? asOf)
            request.filter.benefits = row["benefits"].map { node in
                Set(node.array().map { Benefit(rawValue: $0.string!)! })
            }
            request.filter.matchCategories = row["matchCategories"].map { node in
                Set(node.array().map { MatchCategory(rawValue: $0.string!)! })
            }
            request.filter.ages = row["ages"].map { $0["from"]!.int!...$0["to"]!.int! }
            request.groupBy = row["by"]?.array().map { Dimension(rawValue: $0.string!)! } ?? []
            return Check(
                request: request, labels: row["labels"]?.array().map { $0.string! } ?? [],
                value: row["value"]?.float, numerator: row["numerator"]?.float,
                denominator: row["denominator"]?.float)
        }
    }
}

/// Reads one fact of an example.
struct FactReader {
    let row: Node
    let offset: Int64
    let id: Int64

    private func text(_ key: String) -> String? { row[key]?.string }
    private func day(_ key: String) -> Day { Day(iso: text(key)!)! }
    private func optionalDay(_ key: String) -> Day? { text(key).map { Day(iso: $0)! } }
    private var citizen: CitizenID { CitizenID(Int64(row["citizen"]!.int!) + offset) }
    private var weekly: WeeklyTime {
        row["hours"]?.float.map { WeeklyTime(minutes: Int32(($0 * 60).rounded())) } ?? .full
    }
    private var unit: ProductionUnitNumber? {
        row["unit"]?.int.map { try! ProductionUnitNumber(String(1_000_000_000 + $0)) }
    }
    private var order: FactID { FactID(Int64(row["order"]!.int!) + offset) }
    private func value<Value: RawRepresentable<String>>(_ key: String, _: Value.Type) -> Value {
        Value(rawValue: text(key)!)!
    }
    private func optional<Value: RawRepresentable<String>>(
        _ key: String, _: Value.Type
    ) -> Value? {
        text(key).map { Value(rawValue: $0)! }
    }

    func read() -> (Fact, MunicipalityCode) {
        let place = text("municipality").map { try! MunicipalityCode($0) } ?? herlev
        return (fact(), place)
    }

    private func fact() -> Fact {
        let number = FactID(id)
        let from = optionalDay("from") ?? optionalDay("day") ?? Day(number: 0)
        let to = optionalDay("to")
        switch text("fact")! {
        case "citizen":
            return .citizen(
                Citizen(
                    id: citizen, cpr: try! CPR("6101804001"), givenName: "Test", familyName: "Test",
                    sex: optional("sex", Sex.self) ?? .female, born: day("born"),
                    origin: optional("origin", OriginGroup.self) ?? .danish,
                    residenceBasis: optional("basis", ResidenceBasis.self)))
        case "residence":
            return .residence(Residence(id: number, citizen: citizen, start: from, end: to))
        case "benefit":
            return .benefitSpell(
                BenefitSpell(
                    id: number, citizen: citizen, benefit: value("benefit", Benefit.self),
                    start: from, end: to, degree: weekly))
        case "match":
            return .matchCategory(
                MatchCategoryPeriod(
                    id: number, citizen: citizen, category: value("category", MatchCategory.self),
                    start: from, end: to))
        case "group":
            return .targetGroup(
                TargetGroupPeriod(
                    id: number, citizen: citizen, group: value("group", TargetGroup.self),
                    start: from, end: to))
        case "education":
            return .education(
                EducationPeriod(
                    id: number, citizen: citizen, level: value("level", EducationLevel.self),
                    start: from, end: to))
        case "enrolment":
            return .enrolment(
                Enrolment(id: number, citizen: citizen, kind: .stateGrant, start: from, end: to))
        case "work":
            return .employment(
                Employment(
                    id: number, citizen: citizen,
                    kind: optional("kind", EmploymentKind.self) ?? .ordinary, start: from, end: to,
                    weekly: weekly, unit: unit))
        default: return casework(number, from, to)
        }
    }

    private func casework(_ number: FactID, _ from: Day, _ to: Day?) -> Fact {
        switch text("fact")! {
        case "offer":
            .offer(
                Offer(
                    id: number, citizen: citizen, kind: value("kind", OfferKind.self), start: from,
                    end: to, weekly: weekly, unit: unit))
        case "exemption":
            .exemption(
                Exemption(id: number, citizen: citizen, reason: .illness, start: from, end: to))
        case "conversation":
            .conversation(
                Conversation(
                    id: number, citizen: citizen, day: from, kind: .job, form: .physical,
                    status: optional("status", ConversationStatus.self) ?? .held))
        case "complaint":
            .complaint(
                Complaint(id: number, citizen: citizen, received: from, decided: nil, outcome: nil))
        case "answer":
            .feedback(
                ConversationFeedback(
                    id: number, conversation: FactID(1), citizen: citizen, day: from, heard: 5,
                    topics: 5, method: 5, overall: row["overall"]!.int!))
        case "unit":
            .productionUnit(
                ProductionUnit(
                    id: number, number: unit!, company: try! CVR(text("company")!),
                    employees: row["employees"]!.int!, start: from, end: to))
        case "contact":
            .companyContact(
                CompanyContact(
                    id: number, unit: unit!, day: from, form: .visit,
                    status: optional("status", ConversationStatus.self) ?? .held))
        case "order":
            .jobOrder(
                JobOrder(
                    id: order, unit: unit!, created: from, positions: row["positions"]?.int ?? 1,
                    occupationGroup: 5, deadline: nil))
        case "referral":
            .referral(Referral(id: number, order: order, citizen: citizen, day: from))
        default:
            .placement(
                Placement(
                    id: number, order: order, citizen: citizen, day: from,
                    terms: optional("kind", EmploymentKind.self) ?? .ordinary))
        }
    }
}
