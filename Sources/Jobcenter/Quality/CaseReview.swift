import Chronology
import Identifiers
import Law
import Registry
import Storage

/// A drawn case as the reviewer sees it.
public struct CaseUnderReview: Sendable {
    public var audit: CaseAudit
    public var item: AuditedCase
    public var checklist: Checklist
    public var citizen: Citizen
    /// The number of the case's own registration, that a review replaces.
    public var version: Int64
    /// The one that was drawn.
    public var matter: RegistrationNote?
    /// Everything that stands about the citizen, the latest first.
    public var registrations: [RegistrationNote]
    /// By the ids of the questions.
    public var proposals: [String: Proposal]
    /// The reviewer has had the case, or registered what was drawn.
    public var isOwn: Bool
    public var lookup: Int64
}

/// What the register answers by itself, with the registrations that it rests on.
public struct Proposal: Hashable, Sendable {
    public var finding: Finding
    public var notes: [RegistrationNote]

    public init(_ finding: Finding, _ notes: [RegistrationNote]) {
        self.finding = finding
        self.notes = notes
    }
}

extension QualityCase {
    /// The case with everything that stands about the citizen; the look is logged. Nil where
    /// there is no such case.
    public func underReview(
        _ id: FactID, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose?
    ) async throws -> CaseUnderReview? {
        let reading = try LoggedReading(
            house, actor, of: municipality, purpose, asking: Request.reviewCase)
        let today = house.clock.today()
        let catalogue = try await checklists()
        let found = try await house.engine.read { connection in
            try StoreReader(connection).reviewable(id, catalogue, actor, in: municipality, today)
        }
        guard var found else { return nil }
        let shown = try await reading.citizens([found.item.citizen], for: .audit, on: today)
        guard let citizen = shown.citizens.first else { return nil }
        found.citizen = citizen
        found.lookup = shown.lookup
        return found
    }

    /// Registers what was found in a case, or corrects it. What the register says stands beside
    /// it. Throws `FieldProblems` where a question is not answered, a finding that needs words
    /// has none, or the reviewer has had the case; `EditConflict` where another was faster.
    public func review(
        _ id: FactID, _ findings: [AuditFinding], expected: Int64,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        let catalogue = try await checklists()
        let signature = actor.signature
        return try await house.writeCase(
            municipality, actor, purpose, asking: .reviewCase(purpose)
        ) { writer in
            guard
                let found = try writer.reader.reviewable(
                    id, catalogue, actor, in: municipality, writer.today)
            else { throw FieldProblems([.init("case", "choice")]) }
            if found.isOwn { throw FieldProblems([.init("case", "auditOwnCase")]) }
            var checks = TextChecks()
            var kept: [AuditFinding] = []
            for question in found.checklist.questions {
                guard var finding = findings.first(where: { $0.question == question.id }) else {
                    checks.add("finding-\(question.id)", "choice")
                    continue
                }
                finding.proposed = found.proposals[question.id]?.finding
                let differs = finding.proposed.map { $0 != finding.finding } ?? false
                if finding.remark.isEmpty, finding.finding == .notMet || differs {
                    checks.add(
                        "remark-\(question.id)", differs ? "auditSayWhy" : "auditSayWhat")
                }
                checks.check(
                    finding.remark, "remark-\(question.id)", most: Self.longestRemark,
                    isOptional: true)
                kept.append(finding)
            }
            try checks.end()
            var item = found.item
            item.findings = AuditFindings(kept)
            // A review that says the same again is the same review.
            if item != found.item || item.reviewed == nil {
                item.reviewer = signature
                item.reviewed = writer.today
            }
            return try writer.change(.auditedCase(item), expected: expected)
        }
    }

    static let longestRemark = 1_000

    /// Closes a sample and freezes its figures. Throws `FieldProblems` while a case is not
    /// reviewed.
    public func close(
        _ id: FactID, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: .manageQuality) { writer in
            guard
                let note = try writer.reader.registration(.caseAudit, id, of: municipality),
                case .caseAudit(var audit) = note.fact
            else { throw FieldProblems([.init("audit", "choice")]) }
            // Sent twice: it is closed, with the figures of the first time.
            if audit.closed != nil { return note.receipt(in: municipality) }
            let cases = try writer.reader.auditedCases(of: id, in: municipality)
            let summary = AuditSummary(audit: audit, cases: cases)
            let missing = cases.count - summary.reviewed
            if missing > 0 {
                throw FieldProblems([.init("audit", "auditUnreviewed", ["n": String(missing)])])
            }
            audit.closed = writer.today
            audit.figures = summary.counts
            return try writer.set(.caseAudit(audit))
        }
    }
}

extension StoreReader {
    fileprivate func auditedCases(
        of audit: FactID, in municipality: MunicipalityCode
    ) throws -> [AuditedCase] {
        try registrations(.auditedCase, where: .audit, is: audit.number, of: municipality)
            .compactMap {
                guard case .auditedCase(let item) = $0.fact else { return nil }
                return item
            }.sorted { $0.number < $1.number }
    }

    /// Everything but the citizen's own data, which is read with a log. The citizen is a stand-in
    /// until then.
    fileprivate func reviewable(
        _ id: FactID, _ catalogue: ChecklistCatalogue, _ actor: Actor,
        in municipality: MunicipalityCode, _ today: Day
    ) throws -> CaseUnderReview? {
        guard let own = try registration(.auditedCase, id, of: municipality),
            case .auditedCase(let item) = own.fact,
            case .caseAudit(let audit)? = try registration(
                .caseAudit, item.audit, of: municipality)?.fact,
            let list = catalogue[audit.checklist, audit.version],
            let citizen = try citizens(of: municipality, [item.citizen]).first
        else { return nil }
        let notes = try registrations(about: item.citizen, of: municipality).filter {
            // Findings of samples are for those who review, one sample at a time.
            $0.fact.kind != .auditedCase && $0.fact.kind != .focusMember
        }
        let matter = notes.first {
            $0.fact.kind == item.kind.fact && $0.fact.id == item.matter
        }
        let probing = CaseProbing(matter: matter, notes: notes, today: today)
        var proposals: [String: Proposal] = [:]
        for question in list.questions {
            if let probe = question.probe { proposals[question.id] = probing.proposal(probe) }
        }
        return CaseUnderReview(
            audit: audit, item: item, checklist: list, citizen: citizen, version: own.number,
            matter: matter, registrations: notes, proposals: proposals,
            isOwn: isOwn(matter, item, notes, actor), lookup: 0)
    }

    /// Whether the reviewer had the citizen on the day, or registered what was drawn.
    private func isOwn(
        _ matter: RegistrationNote?, _ item: AuditedCase, _ notes: [RegistrationNote],
        _ actor: Actor
    ) -> Bool {
        if matter?.actor == actor.signature { return true }
        guard let staff = actor.staff else { return false }
        let day = matter.flatMap { item.kind.drawable($0.fact)?.1 }
        return notes.contains { note in
            guard case .assignment(let one) = note.fact, one.staff == staff else { return false }
            return day.map { one.holds(on: $0) } ?? true
        }
    }
}
