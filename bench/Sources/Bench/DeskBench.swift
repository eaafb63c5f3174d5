import ArgumentParser
import Chronology
import Foundation
import Identifiers
import Registry
import SQLiteStorage
import Storage

/// Makes a store ready for the desk's measurement: one citizen with a long history. Prints
/// whom, and what there is.
struct DeskBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "desk", abstract: "Give one citizen of a store a history of many events.")

    @Option(help: "The SQLite database.") var database: String
    @Option(help: "The municipality's number.") var municipality: Int32 = 163
    @Option(help: "Registrations about the citizen, at least.") var events = 20_000
    @Option(help: "The day on which the citizen has a caseworker.") var day = "2025-12-31"

    func run() async throws {
        guard let day = Day(iso: day) else { throw ValidationError("--day: no such day") }
        let code = MunicipalityCode(number: municipality)
        let engine = try SQLiteEngine(path: database)
        try await engine.migrate(Migration.bundled())
        let (assignment, owner) = try await engine.read { connection in
            try self.owner(StoreReader(connection), code, day)
        }
        let citizen = assignment.citizen
        let standing = try await engine.read {
            try StoreReader($0).standing(about: citizen, in: code)
        }
        let missing = events - standing.values.reduce(0, +)
        if missing > 0 {
            try await engine.write { connection in
                let reader = StoreReader(connection)
                let first = try History.kinds.map {
                    try reader.nextID($0, of: code).number
                }
                var ledger = try LedgerWriter(connection, code)
                try ledger.load(
                    History(citizen, first: first, before: day).registrations(missing, code),
                    Stamp(
                        actor: "fodfaeste", role: "system", purpose: "bench", at: 0, on: day))
            }
            try await engine.refreshStatistics()
        }
        print(
            #"{"citizen": \#(citizen.number), "staff": \#(owner.id.number), "#
                + #""registrations": \#(max(events, events - missing))}"#)
    }

    /// The first assignment that holds, and whose it is.
    private func owner(
        _ reader: StoreReader, _ code: MunicipalityCode, _ day: Day
    ) throws -> (Assignment, StaffMember) {
        let staff = try reader.staff(of: code, on: day)
        var found: Assignment?
        try reader.facts(of: code, kinds: [.assignment]) { fact in
            guard case .assignment(let assignment) = fact, assignment.holds(on: day) else {
                return
            }
            if found == nil { found = assignment }
        }
        guard let found, let owner = staff.first(where: { $0.id == found.staff }) else {
            throw ValidationError("no citizen has a caseworker on that day")
        }
        return (found, owner)
    }
}

/// A long history: conversations with notes, acts, lines of the plan and ended spells.
private struct History {
    static let kinds: [FactKind] = [
        .conversation, .conversationNote, .caseAct, .planItem, .benefitSpell,
    ]

    private let citizen: CitizenID
    private let first: [Int64]
    private let before: Day

    init(_ citizen: CitizenID, first: [Int64], before: Day) {
        self.citizen = citizen
        self.first = first
        self.before = before
    }

    /// Ten registrations at a time: four conversations, one of them with a note, three acts,
    /// a line of the plan and a spell of three days.
    func registrations(_ count: Int, _ code: MunicipalityCode) -> [Registration] {
        let talk = max(first[0], first[1])
        return (0..<count).map { number in
            let (round, place) = (Int64(number / 10), number % 10)
            let day = before - (1 + number / 8)
            let fact: Fact
            switch place {
            case 0..<4:
                fact = .conversation(
                    Conversation(
                        id: FactID(talk + round * 4 + Int64(place)), citizen: citizen, day: day,
                        kind: .job, form: .phone, status: .held))
            case 4:
                fact = .conversationNote(
                    ConversationNote(
                        id: FactID(talk + round * 4), citizen: citizen, staff: nil,
                        begins: 9 * 60, text: "Aftalte næste skridt nr. \(round)."))
            case 5..<8:
                fact = .caseAct(
                    CaseAct(
                        id: FactID(first[2] + round * 3 + Int64(place - 5)), citizen: citizen,
                        kind: .caseFollowUp, day: day, note: "Fulgt op"))
            case 8:
                fact = .planItem(
                    PlanItem(
                        id: FactID(first[3] + round), citizen: citizen, part: .jobSearch,
                        text: "Søger job nr. \(round)", author: .citizen, stance: .agreed,
                        stanceBy: .caseworker, stanceOn: day, added: day, due: nil,
                        progress: .done, conversation: nil))
            default:
                fact = .benefitSpell(
                    BenefitSpell(
                        id: FactID(first[4] + round), citizen: citizen,
                        benefit: .unemploymentBenefit, start: day - 2, end: day))
            }
            return Registration(municipality: code, recordedOn: before, fact: fact)
        }
    }
}
