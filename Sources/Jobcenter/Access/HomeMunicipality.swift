import Identifiers

/// The municipality an installation serves, with its name.
public struct HomeMunicipality: Hashable, Sendable {
    public var code: MunicipalityCode
    public var name: String

    public init(code: MunicipalityCode, name: String) {
        self.code = code
        self.name = name
    }
}
