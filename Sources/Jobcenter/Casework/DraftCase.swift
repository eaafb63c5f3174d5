import Identifiers
import Storage

/// Keeps what somebody has typed and not saved yet (kladde), for that one alone.
public struct DraftCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// Keeps the fields of a form in place of those kept before.
    public func keep(
        _ fields: String, of form: String, in municipality: MunicipalityCode, by actor: Actor
    ) async throws {
        try Policy.require(.keepDraft, by: actor, in: municipality)
        let now = house.clock.now()
        try await house.engine.write { connection in
            try Drafts(connection, municipality, actor: actor.draftOwner)
                .keep(fields, of: form, at: now)
        }
    }

    public func discard(
        _ form: String, in municipality: MunicipalityCode, by actor: Actor
    ) async throws {
        try Policy.require(.keepDraft, by: actor, in: municipality)
        try await house.engine.write { connection in
            try Drafts(connection, municipality, actor: actor.draftOwner).discard(form)
        }
    }

    public func kept(
        _ form: String, in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Draft? {
        try await house.engine.read { connection in
            try Drafts(connection, municipality, actor: actor.draftOwner).kept(form)
        }
    }

    /// The actor's own, the latest first.
    public func all(in municipality: MunicipalityCode, by actor: Actor) async throws -> [Draft] {
        try await house.engine.read { connection in
            try Drafts(connection, municipality, actor: actor.draftOwner).all()
        }
    }
}
