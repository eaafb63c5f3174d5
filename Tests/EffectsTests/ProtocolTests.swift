import Testing

@testable import Effects

@Suite("Protocols") struct ProtocolTests {
    @Test("The protocols that ship can be read")
    func bundled() throws {
        #expect(try ProtocolBook.bundled().protocols.count >= 2)
    }
}
