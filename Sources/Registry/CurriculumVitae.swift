/// What a citizen has done and can, as the citizen tells it (CV), in the shape of JSON Resume.
public struct CurriculumVitae: Hashable, Sendable {
    public var id: FactID
    public var citizen: CitizenID
    /// A JSON Resume document: keys in order, no spaces. `Exchange` reads and writes it.
    public var document: String

    public init(id: FactID, citizen: CitizenID, document: String) {
        self.id = id
        self.citizen = citizen
        self.document = document
    }
}
