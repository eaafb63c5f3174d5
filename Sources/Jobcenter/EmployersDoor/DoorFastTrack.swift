import Chronology
import Identifiers
import Law
import Registry
import Storage

/// A company asks for early follow-up of a sick employee (fast track, SDPL §§ 7 c og 13 b).
public struct FastTrackAsked: Sendable {
    /// The employee's, who is known to the company by it.
    public var cpr: CPR
    public var unit: ProductionUnitNumber
    public var firstAbsence: Day
    /// When the employee is expected to be well.
    public var wellBy: Day
    /// Whom to ring at the company.
    public var contact: String

    public init(
        cpr: CPR, unit: ProductionUnitNumber, firstAbsence: Day, wellBy: Day, contact: String
    ) {
        self.cpr = cpr
        self.unit = unit
        self.firstAbsence = firstAbsence
        self.wellBy = wellBy
        self.contact = contact
    }
}

extension DoorCase {
    /// Days after the request by which the first conversation is to be held, and the company to
    /// have an answer (SDPL § 13 b).
    static let fastTrackDays = 14

    /// The law's answer to the request, before it is made; nil where no rule holds.
    public func fastTrack(_ asked: FastTrackAsked) async throws -> Answer? {
        let today = house.clock.today()
        guard let right = try await house.law.statutes().entitlements["fast-track-request"] else {
            return nil
        }
        return EntitlementQuestion(
            right, on: today,
            facts: [
                "byEmployer": .truth(true), "citizenObjects": .truth(false),
                "firstAbsence": .day(asked.firstAbsence), "asked": .day(today),
                "wellBy": .day(asked.wellBy),
            ]
        ).answer()
    }

    /// Registers the request. Where the employee lives here, works for the company and is on
    /// sick leave, it is an act of the case, from which the law counts its two weeks, and the
    /// citizen is told by `notice` and can say no. The company gets the same receipt whether or
    /// not the municipality knows the person: nobody finds out here who is on sick leave. A
    /// request that cannot be matched waits for the consultants, without the CPR number.
    public func register(
        _ asked: FastTrackAsked, telling notice: DoorNotice, in municipality: MunicipalityCode,
        by actor: Actor
    ) async throws -> Receipt {
        let today = house.clock.today()
        if asked.firstAbsence > today {
            throw FieldProblems([.init("firstAbsence", "actInFuture")])
        }
        if asked.contact.isEmpty { throw FieldProblems([.init("contact", "empty")]) }
        if try await fastTrack(asked)?.verdict == .no {
            throw FieldProblems([.init("firstAbsence", "fastTrackForbidden")])
        }
        return try await write(municipality, actor) { writer, company in
            try writer.requireOwn(asked.unit, company)
            try writer.refuseTwice(asked, company)
            let citizen = try writer.employee(asked, of: company)
            var answers = [
                "firstDay": asked.firstAbsence.iso,
                "answerBy": (today + Self.fastTrackDays).iso, "contact": asked.contact,
            ]
            if let citizen {
                answers["caseNumber"] = String(citizen.number)
                try writer.ask(citizen, company, asked, notice)
            }
            let kept = answers
            return try writer.add(.companyRecord) { id in
                .companyRecord(
                    CompanyRecord(
                        id: id, company: company, record: DoorFile.fastTrack, start: today,
                        end: nil, answers: kept))
            }.1
        }
    }
}

extension CaseWriter {
    /// The citizen on sick leave who works for the company; nil for anybody else.
    fileprivate func employee(
        _ asked: FastTrackAsked, of company: CVR
    ) throws -> CitizenID? {
        guard let citizen = try reader.citizen(of: municipality, cpr: asked.cpr) else { return nil }
        let facts = try reader.registrations(
            about: citizen, of: municipality, kinds: [.residence, .benefitSpell, .employment]
        ).map(\.fact)
        var (lives, isSick, works) = (false, false, false)
        for fact in facts {
            switch fact {
            case .residence(let home): lives = lives || home.holds(on: today)
            case .benefitSpell(let spell):
                isSick =
                    isSick || (spell.benefit == .sicknessBenefit && spell.holds(on: today))
            case .employment(let job) where job.holds(on: today):
                guard let unit = job.unit else { continue }
                works = try works || reader.company(ofUnit: unit, in: municipality) == company
            default: continue
            }
        }
        return lives && isSick && works ? citizen : nil
    }

    /// The same request sent again the same day. It is told by what the company wrote besides the
    /// CPR number, so that the refusal tells nothing about the person.
    fileprivate func refuseTwice(_ asked: FastTrackAsked, _ company: CVR) throws {
        let before = try reader.registrations(
            .companyRecord, where: .company, is: company.number, of: municipality)
        let isThere = before.contains { note in
            guard case .companyRecord(let record) = note.fact else { return false }
            return record.record == DoorFile.fastTrack && record.start == today
                && record.answers["contact"] == asked.contact
                && record.answers["firstDay"] == asked.firstAbsence.iso
        }
        if isThere { throw FieldProblems([.init("firstAbsence", "doneAlready")]) }
    }

    /// The request in the citizen's case, and the citizen's way to say no; once for an absence.
    fileprivate mutating func ask(
        _ citizen: CitizenID, _ company: CVR, _ asked: FastTrackAsked, _ notice: DoorNotice
    ) throws {
        let acts = try reader.registrations(
            about: citizen, of: municipality, kinds: [.caseAct]
        ).map(\.fact)
        let isAsked = acts.contains { fact in
            guard case .caseAct(let act) = fact else { return false }
            return act.kind == .fastTrackRequest && act.day >= asked.firstAbsence
        }
        if isAsked { return }
        let name = try reader.company(company, of: municipality)?.name ?? ""
        let today = today
        _ = try add(.caseAct) { id in
            .caseAct(
                CaseAct(
                    id: id, citizen: citizen, kind: .fastTrackRequest, day: today, note: name))
        }
        try tell(citizen, notice)
    }
}
