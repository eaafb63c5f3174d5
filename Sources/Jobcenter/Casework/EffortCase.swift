import Chronology
import Identifiers
import Law
import Registry
import Storage

/// Registering what is done for a citizen, checked against the law before it is kept.
public struct EffortCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// Every kind of effort; everybody may read what there is.
    public func catalogue() async throws -> EffortCatalogue { try await house.law.efforts() }

    /// Workplaces to propose for what has been typed of a name or a number.
    public func workplaces(
        named text: String, in municipality: MunicipalityCode
    ) async throws -> [(name: String, number: ProductionUnitNumber)] {
        try await house.engine.read {
            try StoreReader($0).workplaces(named: text, of: municipality, limit: 10)
        }
    }

    /// What the law says of an effort, without keeping anything of it.
    public func check(
        _ effort: NewEffort, for citizen: CitizenID, in municipality: MunicipalityCode,
        by actor: Actor
    ) async throws -> [EffortCheck] {
        try Policy.require(.registerFact, by: actor, in: municipality)
        let statutes = try await house.law.statutes()
        let kind = try await kind(effort)
        return try await house.engine.read { connection in
            try EffortChecking(
                effort, kind, citizen, StoreReader(connection), municipality, statutes
            ).checks()
        }
    }

    /// The questions that state an effort's conditions and that the case does not answer.
    /// Empty where the kind or the workplace is unknown.
    public func questions(
        _ effort: NewEffort, for citizen: CitizenID, in municipality: MunicipalityCode,
        by actor: Actor
    ) async throws -> [CaseQuestion] {
        try Policy.require(.registerFact, by: actor, in: municipality)
        let statutes = try await house.law.statutes()
        guard let kind = try await house.law.efforts()[effort.measure], !kind.asks.isEmpty else {
            return []
        }
        var effort = effort
        effort.unit = nil
        let asked = effort
        return try await house.engine.read { connection in
            try EffortChecking(
                asked, kind, citizen, StoreReader(connection), municipality, statutes
            ).questions.filter { !$0.open.isEmpty }
        }
    }

    /// The questions to ask before an effort can last until a later day.
    public func questions(
        lasting id: FactID, until end: Day, of citizen: CitizenID,
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> [CaseQuestion] {
        let found = try await house.engine.read {
            try StoreReader($0).registration(.effort, id, of: municipality)?.fact
        }
        guard case .effort(let effort)? = found, effort.citizen == citizen else { return [] }
        return try await questions(
            NewEffort(measure: effort.measure, starts: effort.start, ends: end), for: citizen,
            in: municipality, by: actor)
    }

    /// Registers an effort with its hours, with the offer and the job that figures count,
    /// and with a line of the plan. Throws `EffortRefusal` where the law does not allow it
    /// and `FieldProblems` where something is missing; nothing is stored then.
    public func register(
        _ effort: NewEffort, for citizen: CitizenID, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        let statutes = try await house.law.statutes()
        let kind = try await kind(effort)
        return try await house.writeCase(municipality, actor, purpose) { writer in
            let checks = try EffortChecking(
                effort, kind, citizen, writer.reader, municipality, statutes
            ).checks()
            if checks.contains(where: { $0.answer.verdict == .no }) {
                throw EffortRefusal(checks: checks)
            }
            try writer.requireResident(citizen, on: effort.starts, "starts")
            return try EffortCase.write(effort, kind, citizen, &writer).1
        }
    }

    /// Ends an effort on a day, with the offer and the job registered with it. Throws
    /// `FieldProblems` where it had ended already or had not begun.
    public func end(
        _ id: FactID, of citizen: CitizenID, on day: Day, _ outcome: EffortOutcome, note: String,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose) { writer in
            var (effort, standing) = try EffortCase.open(id, of: citizen, writer)
            if day < effort.start { throw FieldProblems([.init("day", "endsBefore")]) }
            effort.end = day
            effort.outcome = outcome
            if !note.isEmpty { effort.goal += "\n" + note }
            let receipt = try writer.set(.effort(effort))
            for fact in standing {
                switch fact {
                case .offer(var offer) where offer.id == effort.offer:
                    offer.end = day
                    _ = try writer.set(.offer(offer))
                case .employment(var job) where job.id == effort.employment:
                    job.end = day
                    _ = try writer.set(.employment(job))
                case .effortHours(var hours) where hours.effort == id:
                    if hours.start > day {
                        try writer.withdraw(.effortHours, hours.id, citizen)
                    } else if hours.end ?? .openEnd > day {
                        hours.end = day
                        _ = try writer.set(.effortHours(hours))
                    }
                default: continue
                }
            }
            return receipt
        }
    }

    /// Notes how an effort goes, when it is looked at again, and what changes: the hours from
    /// a day on, or a later last day, which is tried against the law as a new one is. Throws
    /// `EffortRefusal` where the law does not allow it, `FieldProblems` where something cannot
    /// be; nothing is stored then.
    public func followUp(
        _ told: EffortFollowUp, of citizen: CitizenID, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        let statutes = try await house.law.statutes()
        let kinds = try await house.law.efforts()
        return try await house.writeCase(municipality, actor, purpose) { writer in
            var (effort, standing) = try EffortCase.open(told.effort, of: citizen, writer)
            guard let kind = kinds[effort.measure] else {
                throw FieldProblems([.init("effort", "effortEnded")])
            }
            try told.check(effort, today: writer.today)
            if let end = told.newEnd {
                var longer = NewEffort(measure: effort.measure, starts: effort.start, ends: end)
                longer.isExtended = told.isExtended
                longer.isSingleParent = told.isSingleParent
                longer.told = told.told
                let checks = try EffortChecking(
                    longer, kind, citizen, writer.reader, municipality, statutes
                ).checks()
                if checks.contains(where: { $0.answer.verdict == .no }) {
                    throw EffortRefusal(checks: checks)
                }
            }
            let receipt = try writer.add(.caseRecord) { id in
                .caseRecord(told.record(id, citizen))
            }.1
            effort.followUp = told.next
            effort.end = told.newEnd ?? effort.end
            _ = try writer.set(.effort(effort))
            try EffortCase.change(standing, of: effort, told, citizen, &writer)
            return receipt
        }
    }

    /// An effort that goes on, and the offers, jobs and hours of its citizen. Throws
    /// `FieldProblems` where it has ended or is none.
    private static func open(
        _ id: FactID, of citizen: CitizenID, _ writer: CaseWriter
    ) throws -> (effort: Effort, standing: [Fact]) {
        let standing = try writer.reader.registrations(
            about: citizen, of: writer.municipality,
            kinds: [.effort, .effortHours, .offer, .employment]
        ).map(\.fact)
        for case .effort(let effort) in standing where effort.id == id && effort.outcome == nil {
            return (effort, standing)
        }
        throw FieldProblems([.init("effort", "effortEnded")])
    }

    /// The offer, the job and the hours that go with an effort whose end or hours change.
    private static func change(
        _ standing: [Fact], of effort: Effort, _ told: EffortFollowUp, _ citizen: CitizenID,
        _ writer: inout CaseWriter
    ) throws {
        for fact in standing {
            switch fact {
            case .offer(var offer) where offer.id == effort.offer && told.newEnd != nil:
                offer.end = told.newEnd
                _ = try writer.set(.offer(offer))
            case .employment(var job) where job.id == effort.employment && told.newEnd != nil:
                job.end = told.newEnd
                _ = try writer.set(.employment(job))
            case .effortHours(var hours) where hours.effort == effort.id:
                let before = hours.end
                if let change = told.hours {
                    if hours.start >= change.from {
                        try writer.withdraw(.effortHours, hours.id, citizen)
                        continue
                    }
                    if hours.end ?? .openEnd >= change.from { hours.end = change.from - 1 }
                } else if let end = told.newEnd, hours.end ?? .openEnd >= effort.start,
                    !standing.contains(where: { $0.begins(after: hours, of: effort.id) })
                {
                    hours.end = end
                }
                if hours.end != before { _ = try writer.set(.effortHours(hours)) }
            default: continue
            }
        }
        guard let change = told.hours else { return }
        _ = try writer.add(.effortHours) { id in
            .effortHours(
                EffortHours(
                    id: id, effort: effort.id, citizen: citizen, weekly: change.weekly,
                    start: change.from, end: effort.end))
        }
    }

    private func kind(_ effort: NewEffort) async throws -> EffortKind {
        guard let kind = try await house.law.efforts()[effort.measure] else {
            throw FieldProblems([.init("measure", "choice")])
        }
        try EffortCase.complete(effort, kind)
        return kind
    }

    /// Throws what is missing or out of order.
    private static func complete(_ effort: NewEffort, _ kind: EffortKind) throws(FieldProblems) {
        var problems: [FieldProblem] = []
        if !kind.isOpen(on: effort.starts) { problems.append(.init("measure", "effortClosed")) }
        if let ends = effort.ends {
            if ends < effort.starts { problems.append(.init("ends", "endsBefore")) }
        } else if kind.offer != nil {
            problems.append(.init("ends", "offerEnds"))
        }
        if kind.place == .employer, effort.unit == nil {
            problems.append(.init("unit", "workplace"))
        }
        if kind.hours == .required, effort.hours.isEmpty {
            problems.append(.init("hours1", "hoursMissing"))
        }
        for index in effort.hours.indices.dropFirst()
        where effort.hours[index].from <= effort.hours[index - 1].from {
            problems.append(.init("from\(index + 1)", "hoursOrder"))
        }
        if let ends = effort.ends {
            for index in effort.hours.indices where effort.hours[index].from > ends {
                problems.append(.init("from\(index + 1)", "afterEnd"))
            }
        }
        if effort.goal.isEmpty { problems.append(.init("goal", "empty")) }
        if !problems.isEmpty { throw FieldProblems(problems) }
    }

    /// Registers an effort that has been found to be possible and allowed.
    static func write(
        _ effort: NewEffort, _ kind: EffortKind, _ citizen: CitizenID, _ writer: inout CaseWriter
    ) throws -> (FactID, Receipt) {
        let weekly = effort.hours.first?.weekly ?? .full
        let offer = try kind.offer.map { offer in
            try writer.add(.offer) { id in
                .offer(
                    Offer(
                        id: id, citizen: citizen, kind: offer, start: effort.starts,
                        end: effort.ends, weekly: weekly, unit: effort.unit))
            }.0
        }
        let job = try kind.employment.map { job in
            try writer.add(.employment) { id in
                .employment(
                    Employment(
                        id: id, citizen: citizen, kind: job, start: effort.starts,
                        end: effort.ends, weekly: weekly, unit: effort.unit))
            }.0
        }
        let today = writer.today
        let (id, receipt) = try writer.add(.effort) { id in
            .effort(
                Effort(
                    id: id, citizen: citizen, measure: kind.id, goal: effort.goal, offer: offer,
                    employment: job, unit: effort.unit, contact: effort.contact,
                    start: effort.starts, end: effort.ends,
                    followUp: effort.followUp ?? effort.starts + 7 * kind.followUpWeeks))
        }
        for (index, part) in effort.hours.enumerated() {
            let next = effort.hours.indices.contains(index + 1) ? effort.hours[index + 1] : nil
            _ = try writer.add(.effortHours) { row in
                .effortHours(
                    EffortHours(
                        id: row, effort: id, citizen: citizen, weekly: part.weekly,
                        start: part.from, end: next.map { $0.from - 1 } ?? effort.ends))
            }
        }
        if !effort.answered.isEmpty {
            _ = try writer.add(.caseRecord) { record in
                .caseRecord(
                    CaseRecord(
                        id: record, citizen: citizen, record: NewEffort.conditionsRecord,
                        start: today, end: today,
                        answers: [
                            "effort": String(id.number),
                            "conditions": effort.answered.joined(separator: "\n"),
                        ]))
            }
        }
        _ = try writer.add(.planItem) { item in
            .planItem(
                PlanItem(
                    id: item, citizen: citizen, part: kind.offer == nil ? .other : .offer,
                    text: effort.planText, author: .caseworker,
                    stance: effort.isAgreed ? .agreed : .proposed,
                    stanceBy: effort.isAgreed ? .citizen : .caseworker, stanceOn: today,
                    added: today, due: effort.ends))
        }
        return (id, receipt)
    }
}
