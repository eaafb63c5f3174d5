import Chronology
import Identifiers
import Law
import Registry
import Storage

/// The course of a sick leave: the way back to work in steps.
public struct SickLeaveCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// Registers hours at work from a day on, several of them where the hours rise (delvis
    /// raskmelding). What stood for later days gives way. Throws `FieldProblems` and stores
    /// nothing where the act does not allow it.
    public func returnInPart(
        _ steps: [NewEffort.Hours], to citizen: CitizenID, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        guard let first = steps.first else {
            throw FieldProblems([.init("hours1", "hoursMissing")])
        }
        let statutes = try await house.law.statutes()
        return try await house.writeCase(municipality, actor, purpose) { writer in
            let facts = try writer.reader.registrations(
                about: citizen, of: municipality,
                kinds: [.benefitSpell, .employment, .partialReturn]
            ).map(\.fact)
            let sick = SickPerson(facts, on: first.from)
            try SickLeaveCase.check(steps, sick, statutes)
            for var earlier in sick.returns where (earlier.end ?? .openEnd) >= first.from {
                if earlier.start < first.from {
                    earlier.end = first.from - 1
                    _ = try writer.set(.partialReturn(earlier))
                } else {
                    try writer.withdraw(.partialReturn, earlier.id, citizen)
                }
            }
            var receipts: [Receipt] = []
            for (index, step) in steps.enumerated() {
                let next = steps.indices.contains(index + 1) ? steps[index + 1].from - 1 : nil
                receipts.append(
                    try writer.add(.partialReturn) { id in
                        .partialReturn(
                            PartialReturn(
                                id: id, citizen: citizen, weekly: step.weekly, start: step.from,
                                end: next))
                    }.1)
            }
            return receipts[0]
        }
    }

    /// Throws `FieldProblems` where the act does not allow the hours to whom the facts are about.
    static func check(
        _ steps: [NewEffort.Hours], _ facts: [Fact], _ statutes: StatuteBook
    ) throws(FieldProblems) {
        guard let first = steps.first else { return }
        try check(steps, SickPerson(facts, on: first.from), statutes)
    }

    private static func check(
        _ steps: [NewEffort.Hours], _ sick: SickPerson, _ statutes: StatuteBook
    ) throws(FieldProblems) {
        var problems: [FieldProblem] = []
        if !sick.isSickListed { problems.append(.init("from1", "notSickListed")) }
        for index in steps.indices {
            let row = index + 1
            if index > 0, steps[index].from <= steps[index - 1].from {
                problems.append(.init("from\(row)", "hoursOrder"))
            }
            guard let question = statutes.entitlements["partial-recovery"] else { continue }
            let away = Int(sick.weekly.minutes - steps[index].weekly.minutes) / 60
            let answer = EntitlementQuestion(
                question, on: steps[index].from,
                facts: [
                    "selfEmployed": .truth(false), "flexJob": .truth(sick.isInFlexJob),
                    "hoursAway": .number(max(0, away)),
                ]
            ).answer()
            if answer?.verdict == .no {
                problems.append(
                    .init(
                        "hours\(row)", sick.isInFlexJob ? "partialFlexJob" : "partialAway",
                        ["week": hoursText(sick.weekly)]))
            }
        }
        if !problems.isEmpty { throw FieldProblems(problems) }
    }
}

/// `7,5` for hours a week.
func hoursText(_ time: WeeklyTime) -> String {
    let whole = time.minutes / 60
    let part = time.minutes % 60 * 10 / 60
    return part == 0 ? "\(whole)" : "\(whole),\(part)"
}

/// A sick-listed citizen as registered.
private struct SickPerson {
    var isSickListed = false
    var isInFlexJob = false
    /// The week's hours in the job; full-time where no job is registered.
    var weekly = WeeklyTime.full
    var returns: [PartialReturn] = []

    init(_ facts: [Fact], on day: Day) {
        for fact in facts {
            switch fact {
            case .benefitSpell(let spell)
            where spell.benefit == .sicknessBenefit && spell.holds(on: day):
                isSickListed = true
            case .employment(let job) where job.holds(on: day):
                weekly = job.weekly
                isInFlexJob = job.kind == .flexJob
            case .partialReturn(let step): returns.append(step)
            default: break
            }
        }
    }
}
