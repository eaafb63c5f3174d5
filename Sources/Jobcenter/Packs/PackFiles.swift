import Foundation
import Parameters
import Reporting

extension Pack {
    /// As JSON: what is kept when it is published, and what programs read. The same pack gives
    /// the same bytes.
    public func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self)) + [10]
    }

    /// Reads what `json` wrote.
    public init(json: [UInt8]) throws {
        self = try JSONDecoder().decode(Pack.self, from: Data(json))
    }
}
