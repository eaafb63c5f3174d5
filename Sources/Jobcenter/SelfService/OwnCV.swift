import Exchange
import Identifiers
import Registry
import Storage

/// The citizen's CV, kept and changed by its owner.
extension OwnCase {
    /// Empty where there is none yet.
    public func cv(in municipality: MunicipalityCode, by actor: Actor) async throws -> Resume {
        let citizen = try await house.own(actor, in: municipality)
        let document = try await house.engine.read {
            try StoreReader($0).cv(of: citizen, in: municipality)?.document
        }
        return try document.map { try Resume(Array($0.utf8)) } ?? Resume()
    }

    /// Changes the CV. `body` throws and nothing is stored.
    public func changeCV(
        in municipality: MunicipalityCode, by actor: Actor,
        _ body: @escaping @Sendable (inout Resume) throws -> Void
    ) async throws -> Receipt {
        try await write(municipality, actor) { writer, citizen in
            let standing = try writer.reader.cv(of: citizen, in: municipality)
            var resume = try standing.map { try Resume(Array($0.document.utf8)) } ?? Resume()
            try body(&resume)
            let document = resume.document
            return try writer.put(standing?.id, .cv) { id in
                .cv(CurriculumVitae(id: id, citizen: citizen, document: document))
            }.1
        }
    }

    /// Puts a whole CV in place of the one before.
    public func replaceCV(
        with resume: Resume, in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Receipt {
        try await changeCV(in: municipality, by: actor) { $0 = resume }
    }
}

extension StoreReader {
    /// The CV that stands.
    func cv(of citizen: CitizenID, in municipality: MunicipalityCode) throws -> CurriculumVitae? {
        try registrations(about: citizen, of: municipality, kinds: [.cv]).lazy.compactMap { note in
            if case .cv(let cv) = note.fact { cv } else { nil }
        }.first
    }
}
