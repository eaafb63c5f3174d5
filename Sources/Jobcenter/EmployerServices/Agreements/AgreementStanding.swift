import Chronology
import Identifiers
import Registry
import Storage

/// Where an agreement is: nothing of it is typed.
public enum AgreementStage: String, CaseIterable, Sendable {
    /// Nobody has got a link or signed.
    case draft
    case waiting
    case signed, refused, withdrawn
    /// The last day to sign has passed.
    case expired

    /// Somebody may still sign.
    public var isOpen: Bool { self == .draft || self == .waiting }
}

/// An agreement with its signers and what happened to it, and what follows from that.
public struct AgreementStanding: Sendable {
    public let agreement: OfferAgreement
    /// Everybody who was ever to sign, in the order of their numbers.
    public let signers: [AgreementSigner]
    /// In the order of their numbers.
    public let marks: [AgreementMark]

    public init(_ agreement: OfferAgreement, _ signers: [AgreementSigner], _ marks: [AgreementMark])
    {
        self.agreement = agreement
        self.signers = signers.sorted { $0.id < $1.id }
        self.marks = marks.sorted { $0.id < $1.id }
    }

    /// Those who are to sign now, one of each party.
    public var current: [AgreementSigner] {
        let replaced = Set(signers.compactMap(\.replaces))
        return AgreementParty.allCases.compactMap { party in
            signers.last { $0.party == party && !replaced.contains($0.id) }
        }
    }

    public func isReplaced(_ signer: FactID) -> Bool {
        signers.contains { $0.replaces == signer }
    }

    /// The signer's latest link.
    public func link(of signer: FactID) -> AgreementMark? {
        marks.last { $0.signer == signer && $0.kind == .sent }
    }

    /// The signer's signature or refusal of the text as it is now.
    public func answer(of signer: FactID) -> AgreementMark? {
        let text = agreement.digest
        return answers(of: signer).last { $0.digest == text }
    }

    /// The signer's signature of a text that was changed since; nil where the text as it is now
    /// was answered.
    public func void(of signer: FactID) -> AgreementMark? {
        answer(of: signer) == nil ? answers(of: signer).last { $0.kind == .signed } : nil
    }

    private func answers(of signer: FactID) -> [AgreementMark] {
        marks.filter { $0.signer == signer && [.signed, .refused].contains($0.kind) }
    }

    /// Read through in the order in which things happened: what comes after the last signature
    /// or after a withdrawal changes nothing, and nothing signed too late counts.
    public func stage(on day: Day) -> AgreementStage {
        let parties = current
        let everybody = Set(parties.map(\.id))
        let isWhole = parties.count == AgreementParty.allCases.count
        let text = agreement.digest
        var answers: [FactID: AgreementMark.Kind] = [:]
        for mark in marks {
            switch mark.kind {
            case .sent: continue
            case .withdrawn: return .withdrawn
            case .signed, .refused:
                guard let signer = mark.signer, everybody.contains(signer), mark.digest == text,
                    mark.day <= agreement.deadline
                else { continue }
                answers[signer] = mark.kind
                if isWhole, everybody.allSatisfy({ answers[$0] == .signed }) { return .signed }
            }
        }
        if answers.values.contains(.refused) { return .refused }
        if day > agreement.deadline { return .expired }
        return marks.isEmpty ? .draft : .waiting
    }
}

extension OfferAgreement {
    /// What is signed, word by word, in one form that never changes. Neither the deadline nor
    /// who signs is a part of it: another deadline or another signer makes no other agreement.
    public var signedText: String {
        func number(_ value: Int64?) -> String { value.map { String($0) } ?? "-" }
        var lines = ["aftale 1", "borger \(citizen.number)", "cvr \(company.number)"]
        lines += ["p \(unit.number)", "indsats \(measure)", "fra \(start.iso)", "til \(end.iso)"]
        lines.append("minutter om ugen \(weekly.minutes)")
        lines.append("loen \(number(wage.map { Int64($0) }))")
        lines.append("tilskud \(number(subsidy.map { Int64($0) }))")
        lines.append("ordre \(number(order?.number))")
        lines.append("vurdering \(isExtended ? "ja" : "nej")")
        lines.append("opgaver \(tasks)")
        return lines.joined(separator: "\n")
    }

    /// The SHA-256 of what is signed.
    public var digest: String { FileContents.digest(Array(signedText.utf8)) }
}
