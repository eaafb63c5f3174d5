import Chronology
import Law
import Registry

/// The cash benefit periods under one version of two duties with the facts that they ask
/// about, as tables for the peer, and our own answers.
struct LawTables {
    static let duties = ["contact-six-months-cash", "offer-first-cash"]

    private var cases = "case,person,start,end\n"
    private var groups = "case,from,to,group\n"
    private var talks = "case,day\n"
    private var offers = "case,from,to,kind\n"
    private var states = "case,from,to,state\n"
    private var ours = "duty,case,due,done,status\n"
    private var count = 0
    /// The citizens with such a period, by position.
    private(set) var persons: [Int] = []
    private let today: Day

    init(_ engine: LawEngine, _ caseload: Caseload, _ today: Day) {
        self.today = today
        guard let first = Day(iso: "2020-01-01"), let last = Day(iso: "2026-06-30") else { return }
        for person in 0..<caseload.count {
            let periods = engine.periods(
                of: LawTables.duties[0], for: person, in: caseload, on: today
            ).filter { first <= $0.start && $0.start <= last }
            // Two periods from one day (two benefits at once) could not be told apart.
            if periods.isEmpty || Set(periods.map(\.start)).count < periods.count { continue }
            persons.append(person)
            let owed = engine.obligations(of: person, in: caseload, on: today)
            for period in periods {
                add(period, person, caseload)
                for obligation in owed where obligation.trigger == period.start {
                    let duty = engine.book.duties[obligation.duty].id
                    ours +=
                        "\(duty),\(count),\(obligation.due.number),\(obligation.done),"
                        + "\(obligation.status.rawValue)\n"
                }
                count += 1
            }
        }
    }

    private mutating func add(_ period: DayRange, _ person: Int, _ caseload: Caseload) {
        cases += "\(count),\(person),\(period.start.number),\(period.end.number)\n"
        for fact in caseload.facts(of: person) where fact.start <= today {
            let span = "\(count),\(fact.start.number),\((fact.end ?? .openEnd).number)"
            switch fact.table {
            case .groups:
                let group = TargetGroup.allCases.firstIndex { $0.rawValue == fact.code } ?? 0
                groups += "\(span),\(group + 1)\n"
            case .states: states += "\(span),\(fact.code)\n"
            case .offers where fact.start >= period.start: offers += "\(span),\(fact.code)\n"
            case .acts where fact.code == "conversation" && fact.start >= period.start:
                talks += "\(count),\(fact.start.number)\n"
            default: break
            }
        }
    }

    func write(to folder: ColumnFolder) throws {
        try folder.write("cases.csv", text: cases)
        try folder.write("groups.csv", text: groups)
        try folder.write("talks.csv", text: talks)
        try folder.write("offers.csv", text: offers)
        try folder.write("states.csv", text: states)
        try folder.write("today.csv", text: "today\n\(today.number)\n")
        try folder.write("ours.csv", text: ours)
    }
}
