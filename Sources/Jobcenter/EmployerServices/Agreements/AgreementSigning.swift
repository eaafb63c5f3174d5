import Chronology
import Identifiers
import Law
import Registry
import Storage

/// What a link to sign leads to.
public enum SigningLink: Sendable {
    /// It can be signed or refused.
    case open(SigningPage)
    /// The link was used: the signature or refusal, and how the agreement stands.
    case used(SigningPage, AgreementMark, RegistrationNote)
    /// Somebody else signs instead.
    case replaced
    /// A newer link was made for the same signer.
    case newer
    case expired(Day)
    case withdrawn
    /// Somebody else said no, and nothing is signed until the municipality has looked at it.
    case refused
    /// Everybody has signed, by other links.
    case done
}

/// What a signer sees.
public struct SigningPage: Sendable {
    public var file: AgreementFile
    public var signer: AgreementSigner

    /// The citizen sees all that the law says, the workplace only what is about the workplace:
    /// the rest tells of the citizen's group and benefits.
    public var checks: [EffortCheck] {
        signer.party == .citizen
            ? file.checks
            : file.checks.filter { [.ratio, .netEmployment].contains($0.subject) }
    }
}

extension AgreementCase {
    private static let purpose = "underskrift af aftale"

    /// All that is kept of a link's secret.
    public static func digest(of secret: String) -> String {
        FileContents.digest(Array(secret.utf8))
    }

    /// Makes a link for a signer from an unpredictable secret, of which only the hash is kept.
    /// Earlier links of the signer lead nowhere any more.
    public func send(
        _ signer: FactID, of id: FactID, secret: String, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: .registerCompany) {
            writer in
            let standing = try writer.standing(id)
            try standing.requireOpen(writer.today, evenRefused: true)
            guard let found = standing.current.first(where: { $0.id == signer }),
                found.party != .caseworker
            else { throw FieldProblems([.init("signer", "choice")]) }
            if standing.answer(of: signer)?.kind == .signed {
                throw FieldProblems([.init("signer", "signerSigned")])
            }
            return try writer.mark(
                id, signer, .sent, digest: AgreementCase.digest(of: secret))
        }
    }

    /// Puts somebody in a signer's place, whose links lead nowhere any more.
    public func replace(
        _ signer: FactID, of id: FactID, by new: NewSigner, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        if new.name.isEmpty { throw FieldProblems([.init("name", "empty")]) }
        return try await house.writeCase(municipality, actor, purpose, asking: .registerCompany) {
            writer in
            let standing = try writer.standing(id)
            try standing.requireNotDone(writer.today)
            guard let old = standing.current.first(where: { $0.id == signer }) else {
                throw FieldProblems([.init("signer", "choice")])
            }
            return try writer.add(.agreementSigner) { row in
                .agreementSigner(
                    AgreementSigner(
                        id: row, agreement: id, party: old.party, name: new.name,
                        contact: new.contact, replaces: signer))
            }.1
        }
    }

    /// The caseworker's own signature, signed in. `digest` is that of the text that was shown.
    public func sign(
        _ id: FactID, shown digest: String, name: String, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        let statutes = try await house.law.statutes()
        let kinds = try await house.law.efforts()
        return try await house.writeCase(municipality, actor, purpose) { writer in
            let (standing, signer) = try writer.unsigned(id, .caseworker)
            return try writer.sign(
                Signature(signer: signer.id, digest: digest, name: name), standing, kinds,
                statutes)
        }
    }

    /// The employer's signature, signed in for the company of the agreement.
    func sign(
        _ id: FactID, for company: CVR, shown digest: String, name: String,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        if name.isEmpty { throw FieldProblems([.init("name", "nameMissing")]) }
        let statutes = try await house.law.statutes()
        let kinds = try await house.law.efforts()
        return try await house.writeCase(
            municipality, actor, purpose, asking: .registerOwnCompany(company)
        ) { writer in
            let (standing, signer) = try writer.unsigned(id, .employer, of: company)
            return try writer.sign(
                Signature(signer: signer.id, digest: digest, name: name), standing, kinds,
                statutes)
        }
    }

    /// The employer's no, in the employer's own words.
    func refuse(
        _ id: FactID, for company: CVR, shown digest: String, words: String,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        if words.isEmpty { throw FieldProblems([.init("words", "wordsMissing")]) }
        return try await house.writeCase(
            municipality, actor, purpose, asking: .registerOwnCompany(company)
        ) { writer in
            let (standing, signer) = try writer.unsigned(id, .employer, of: company)
            if digest != standing.agreement.digest {
                throw FieldProblems([.init("name", "agreementChanged")])
            }
            return try writer.mark(id, signer.id, .refused, digest: digest, text: words)
        }
    }

    /// What a link's secret leads to; nil for one of nothing. The look at the citizen is logged
    /// in the signer's name.
    public func opened(
        _ secret: String, in municipality: MunicipalityCode
    ) async throws -> SigningLink? {
        guard let (link, standing) = try await found(secret, municipality),
            let signer = standing.signers.first(where: { $0.id == link.signer }),
            let purpose = Purpose(Self.purpose)
        else { return nil }
        let today = house.clock.today()
        let used = standing.marks.first { $0.link == link.id }
        if used == nil {
            if standing.isReplaced(signer.id) { return .replaced }
            if standing.link(of: signer.id)?.id != link.id { return .newer }
            switch standing.stage(on: today) {
            case .expired: return .expired(standing.agreement.deadline)
            case .withdrawn: return .withdrawn
            case .refused where standing.answer(of: signer.id)?.kind != .refused: return .refused
            case .signed: return .done
            default: break
            }
        }
        let reading = try LoggedReading(
            house, signer.actor(in: municipality), of: municipality, purpose,
            asking: { _ in .signAgreement })
        guard let file = try await file(standing.agreement.id, municipality, reading) else {
            return nil
        }
        let page = SigningPage(file: file, signer: signer)
        guard let used else { return .open(page) }
        let note = file.notes.first {
            $0.fact.kind == .agreementMark && $0.fact.id == used.id
        }
        return note.map { .used(page, used, $0) }
    }

    /// Signs by a link. `digest` is that of the text that was shown: where it was changed
    /// meanwhile, nothing is signed. Sent twice it is done once. Throws `FieldProblems` where
    /// the link cannot be used, and `EffortRefusal` where the law has come to forbid it.
    public func sign(
        by secret: String, shown digest: String, name: String, in municipality: MunicipalityCode
    ) async throws {
        if name.isEmpty { throw FieldProblems([.init("name", "nameMissing")]) }
        let statutes = try await house.law.statutes()
        let kinds = try await house.law.efforts()
        try await answer(secret, municipality) { writer, standing, link, signer in
            _ = try writer.sign(
                Signature(signer: signer, digest: digest, name: name, link: link), standing,
                kinds, statutes)
        }
    }

    /// Says no by a link, in the signer's own words.
    public func refuse(
        by secret: String, shown digest: String, words: String,
        in municipality: MunicipalityCode
    ) async throws {
        if words.isEmpty { throw FieldProblems([.init("words", "wordsMissing")]) }
        try await answer(secret, municipality) { writer, standing, link, signer in
            if digest != standing.agreement.digest {
                throw FieldProblems([.init("name", "agreementChanged")])
            }
            _ = try writer.mark(
                standing.agreement.id, signer, .refused, digest: digest, link: link, text: words)
        }
    }

    /// One use of a link; a link that was used already does nothing.
    private func answer(
        _ secret: String, _ municipality: MunicipalityCode,
        _ body:
            @escaping @Sendable (inout CaseWriter, AgreementStanding, FactID, FactID) throws -> Void
    ) async throws {
        guard let (link, standing) = try await found(secret, municipality),
            let signer = standing.signers.first(where: { $0.id == link.signer }),
            let purpose = Purpose(Self.purpose)
        else { throw FieldProblems([.init("name", "linkUnknown")]) }
        try await house.writeCase(
            municipality, signer.actor(in: municipality), purpose, asking: .signAgreement
        ) { writer in
            // Read again: another may have signed since.
            let standing = try writer.standing(link.agreement)
            if standing.marks.contains(where: { $0.link == link.id }) { return }
            guard !standing.isReplaced(signer.id),
                standing.link(of: signer.id)?.id == link.id
            else { throw FieldProblems([.init("name", "linkUnknown")]) }
            try standing.requireOpen(
                writer.today, evenRefused: standing.answer(of: signer.id)?.kind == .refused)
            try body(&writer, standing, link.id, signer.id)
        }
    }

    private func found(
        _ secret: String, _ municipality: MunicipalityCode
    ) async throws -> (AgreementMark, AgreementStanding)? {
        let digest = AgreementCase.digest(of: secret)
        return try await house.engine.read { connection in
            let reader = StoreReader(connection)
            guard let link = try reader.agreementLink(digest, of: municipality),
                let standing = try reader.standing(link.agreement, of: municipality)
            else { return nil }
            return (link, standing)
        }
    }
}

/// What a signature holds.
private struct Signature {
    var signer: FactID
    var digest: String
    var name: String
    var link: FactID?
}

extension AgreementSigner {
    /// Whoever has the link acts in the signer's name.
    fileprivate func actor(in municipality: MunicipalityCode) -> Actor {
        Actor(name: name, role: .signer, municipality: municipality)
    }
}

extension AgreementStanding {
    /// Throws where nobody can sign any more.
    fileprivate func requireOpen(_ day: Day, evenRefused: Bool = false) throws(FieldProblems) {
        try requireNotDone(day)
        switch stage(on: day) {
        case .expired:
            throw FieldProblems([
                .init("agreement", "agreementExpired", ["day": agreement.deadline.danish])
            ])
        case .refused where !evenRefused:
            throw FieldProblems([.init("agreement", "agreementRefused")])
        // Refused by one, and then late.
        case .refused where day > agreement.deadline:
            throw FieldProblems([
                .init("agreement", "agreementExpired", ["day": agreement.deadline.danish])
            ])
        default: return
        }
    }
}

extension CaseWriter {
    /// An agreement that the party has not signed, and who signs for the party. Throws
    /// `FieldProblems`, also where the agreement is another company's.
    fileprivate func unsigned(
        _ id: FactID, _ party: AgreementParty, of company: CVR? = nil
    ) throws -> (AgreementStanding, AgreementSigner) {
        let standing = try standing(id)
        if let company, standing.agreement.company != company {
            throw FieldProblems([.init("agreement", "choice")])
        }
        guard let signer = standing.current.first(where: { $0.party == party }) else {
            throw FieldProblems([.init("signer", "choice")])
        }
        let answer = standing.answer(of: signer.id)?.kind
        try standing.requireOpen(today, evenRefused: party == .employer && answer == .refused)
        if answer == .signed { throw FieldProblems([.init("agreement", "signerSigned")]) }
        return (standing, signer)
    }

    /// Registers a signature. With the last one the effort is registered, with the offer and the
    /// job that figures count, the line of the plan, and the hire where an order led to a job.
    fileprivate mutating func sign(
        _ signature: Signature, _ standing: AgreementStanding, _ kinds: EffortCatalogue,
        _ statutes: StatuteBook
    ) throws -> Receipt {
        var agreement = standing.agreement
        if signature.digest != agreement.digest {
            throw FieldProblems([.init("name", "agreementChanged")])
        }
        guard let kind = kinds[agreement.measure] else {
            throw FieldProblems([.init("agreement", "choice")])
        }
        try requireAllowed(agreement, kind, statutes)
        let receipt = try mark(
            agreement.id, signature.signer, .signed, digest: signature.digest,
            link: signature.link, text: signature.name)
        guard try self.standing(agreement.id).stage(on: today) == .signed else { return receipt }
        try requireResident(agreement.citizen, on: agreement.start, "agreement")
        let employer = standing.current.first { $0.party == .employer }
        var effort = NewEffort(agreement, kind, contact: employer?.name ?? "")
        effort.isAgreed = true
        agreement.effort = try EffortCase.write(effort, kind, agreement.citizen, &self).0
        _ = try set(.agreement(agreement))
        if let order = agreement.order, let terms = kind.employment {
            try place(agreement.citizen, on: order, from: agreement.start, terms)
        }
        return receipt
    }

    /// The hire from an order, where a place is left and none is registered.
    private mutating func place(
        _ citizen: CitizenID, on order: FactID, from day: Day, _ terms: EmploymentKind
    ) throws {
        let summary = try summary(order)
        guard summary.isOpen, summary.vacant > 0, let stand = summary.stand(of: citizen),
            stand.isAnswered
        else { return }
        _ = try hire(citizen, on: summary, from: day, terms)
    }
}
