import Exchange
import Parameters
import Testing

@Suite("Asking an outside service again")
struct RetryTests {
    private func tables(
        _ transport: ScriptedTransport, _ policy: RetryPolicy? = nil, now: Int64 = 0
    ) async throws -> [JobindsatsListing] {
        let token = AccessToken("secret")
        let patient = policy.map { transport.patient($0, now: now) } ?? transport.patient(now: now)
        return try await JobindsatsClient(
            token: token, transport: patient, municipalities: try MunicipalityList.bundled()
        ).tables()
    }

    @Test("Pauses double up to the longest, and end with the tries")
    func pauses() {
        let policy = RetryPolicy(tries: 6, firstPause: 2, longestPause: 10)
        #expect((1...6).map { policy.pause(after: $0) } == [2, 4, 8, 10, 10, nil])
        #expect(policy.pause(after: 1, wished: 9) == 9)
        #expect(policy.pause(after: 1, wished: -3) == 0)
        #expect(policy.pause(after: 1, wished: 11) == nil)
        #expect(RetryPolicy(tries: 0).tries == 1)
        #expect(RetryPolicy(tries: 1).pause(after: 1) == nil)
    }

    @Test("What may pass is asked again")
    func passing() async throws {
        let transport = ScriptedTransport([
            refusal(500), .failure(.dropped), refusal(429, retryAfter: "7"), good("[]"),
        ])
        #expect(try await tables(transport).isEmpty)
        #expect(transport.asked.count == 4)
        #expect(transport.waited == [1, 2, 7])
        #expect(
            transport.asked.first?.address == "https://api.jobindsats.dk/v3/tables?format=json")
    }

    @Test("A server may say until when to wait")
    func until() async throws {
        // 1970-01-02 00:00:30, asked at 00:00:10.
        let date = "Fri, 02 Jan 1970 00:00:30 GMT"
        let transport = ScriptedTransport([refusal(503, retryAfter: date), good("[]")])
        _ = try await tables(transport, now: 86_410)
        #expect(transport.waited == [20])
        let past = ScriptedTransport([refusal(429, retryAfter: date), good("[]")])
        _ = try await tables(past, now: 900_000)
        #expect(past.waited == [0])
        let odd = ScriptedTransport([refusal(429, retryAfter: "soon"), good("[]")])
        _ = try await tables(odd)
        #expect(odd.waited == [1])
    }

    @Test(
        "What does not pass is told at once",
        arguments: [
            (401, SourceProblem.Kind.tokenRefused), (403, .tokenRefused), (404, .notFound),
            (410, .retired), (422, .refused), (400, .refused), (302, .otherStatus),
        ])
    func lasting(status: Int, kind: SourceProblem.Kind) async throws {
        let transport = ScriptedTransport([
            refusal(status, #"{"code": 1, "cause": "Made up"}"#), good("[]"),
        ])
        let found = try await problem { _ = try await tables(transport) }
        #expect(found.kind == kind)
        #expect(found.found == "Made up")
        #expect(transport.asked.count == 1)
    }

    @Test(
        "The ways to nowhere",
        arguments: [
            (TransportFailure.unreachable, SourceProblem.Kind.unreachable, 4),
            (.dropped, .dropped, 4), (.timedOut, .timedOut, 1),
            (.tooLarge(3 << 20), .tooLarge, 1), (.redirected("other.example"), .redirected, 1),
            (.wrongAddress, .wrongAddress, 1),
        ])
    func nowhere(failure: TransportFailure, kind: SourceProblem.Kind, tries: Int) async throws {
        let script = Array(repeating: ScriptedTransport.Outcome.failure(failure), count: 9)
        let transport = ScriptedTransport(script)
        let found = try await problem { _ = try await tables(transport) }
        #expect(found.kind == kind)
        #expect(transport.asked.count == tries)
        #expect(found.kind.isNoService)
    }

    @Test("A wait that is cancelled ends with the problem")
    func cancelled() async throws {
        let transport = ScriptedTransport([refusal(500), good("[]")])
        let patient = PatientTransport(
            transport, wait: { _ in throw CancellationError() }, now: { 0 })
        let client = try JobindsatsClient(
            token: AccessToken("secret"), transport: patient,
            municipalities: try MunicipalityList.bundled())
        let found = try await problem { _ = try await client.tables() }
        #expect(found.kind == .serverFailed)
        #expect(transport.asked.count == 1)
    }

    @Test("A token never shows, and goes nowhere in the open")
    func token() throws {
        let token = try #require(AccessToken(" top-secret\n"))
        let request = OutsideRequest(.get, "https://a.example", token: token)
        for text in [
            "\(token)", String(reflecting: token), "\(request)", String(reflecting: request),
        ] {
            #expect(!text.contains("top-secret"))
        }
        #expect(AccessToken("  ") == nil)
        #expect(AccessToken("two words") == nil)
        #expect(AccessToken("nøgle") == nil)
        let municipalities = try MunicipalityList.bundled()
        func kind(_ base: String, _ token: AccessToken?) -> SourceProblem.Kind? {
            do throws(SourceProblem) {
                _ = try JobindsatsClient(
                    base: base, token: token, transport: ScriptedTransport([]).patient(),
                    municipalities: municipalities)
                return nil
            } catch { return error.kind }
        }
        #expect(kind("http://api.jobindsats.dk/v3", token) == .insecureAddress)
        #expect(kind("http://localhost.evil.example/v3", token) == .insecureAddress)
        #expect(kind("ftp://api.jobindsats.dk", token) == .wrongAddress)
        #expect(kind("http://localhost:80@evil.example/v3", token) == .wrongAddress)
        #expect(kind("https://name:password@a.example", token) == .wrongAddress)
        #expect(kind("https://a.example/v3?key=1", token) == .wrongAddress)
        #expect(kind("https://api.jobindsats.dk/v3/", token) == nil)
        #expect(kind("http://127.0.0.1:8000/v3", token) == nil)
        #expect(kind("https://api.jobindsats.dk/v3", nil) == .tokenMissing)
    }

    @Test("Every problem has its words", arguments: Language.allCases)
    func words(language: Language) throws {
        let texts = try TextCatalogue.bundled()
        for source in StatisticsSource.allCases {
            for kind in SourceProblem.Kind.allCases {
                let problem = SourceProblem(
                    kind, source, address: "https://a.example/x", found: "F", accepted: ["A", "B"])
                let line = try #require(problem.lines(texts, language).first)
                #expect(!line.contains("[") && !line.contains("{"), "\(line)")
                #expect(line.contains("https://a.example/x"))
            }
        }
    }
}
