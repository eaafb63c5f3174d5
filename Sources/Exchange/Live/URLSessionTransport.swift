import Foundation
import FoundationNetworking
import Synchronization

/// The network, through the URLSession that ships with Swift.
public struct URLSessionTransport: Transport {
    private let timeLimit: Duration
    private let sizeLimit: Int

    /// `timeLimit` is for the whole answer, `sizeLimit` in bytes after decompression.
    public init(timeLimit: Duration = .seconds(120), sizeLimit: Int = 64 << 20) {
        self.timeLimit = timeLimit
        self.sizeLimit = sizeLimit
    }

    public func send(_ request: OutsideRequest) async throws(TransportFailure) -> OutsideAnswer {
        guard let url = URL(string: request.address), url.host != nil else { throw .wrongAddress }
        let seconds = Double(max(1, timeLimit.components.seconds))
        var sent = URLRequest(
            url: url, cachePolicy: .reloadIgnoringLocalCacheData, timeoutInterval: seconds)
        sent.httpMethod = request.method.rawValue
        sent.setValue("application/json", forHTTPHeaderField: "Accept")
        sent.setValue("fodfaeste", forHTTPHeaderField: "User-Agent")
        if let authorization = request.authorization {
            sent.setValue(authorization, forHTTPHeaderField: "Authorization")
        }
        if request.method == .post {
            sent.setValue(request.bodyType.rawValue, forHTTPHeaderField: "Content-Type")
            sent.httpBody = Data(request.body)
        }
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = seconds
        configuration.timeoutIntervalForResource = seconds
        let receiver = Receiver(url, until: .now + timeLimit, sizeLimit: sizeLimit)
        let session = URLSession(
            configuration: configuration, delegate: receiver, delegateQueue: nil)
        let result = await withCheckedContinuation { continuation in
            receiver.begin(continuation)
            session.dataTask(with: sent).resume()
            // The session holds the receiver until its only task is done.
            session.finishTasksAndInvalidate()
        }
        return try result.get()
    }
}

/// Gathers one answer, and stops it when it grows too large, takes too long or
/// leads to another host.
private final class Receiver: NSObject, URLSessionDataDelegate {
    typealias Outcome = Result<OutsideAnswer, TransportFailure>

    private struct State {
        var continuation: CheckedContinuation<Outcome, Never>?
        var answer = OutsideAnswer(status: 0)
        var failure: TransportFailure?
    }

    private let state = Mutex(State())
    private let origin: URL
    private let deadline: ContinuousClock.Instant
    private let sizeLimit: Int

    init(_ origin: URL, until deadline: ContinuousClock.Instant, sizeLimit: Int) {
        self.origin = origin
        self.deadline = deadline
        self.sizeLimit = sizeLimit
    }

    func begin(_ continuation: CheckedContinuation<Outcome, Never>) {
        state.withLock { $0.continuation = continuation }
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        let isTooLarge = response.expectedContentLength > Int64(sizeLimit)
        state.withLock { state in
            if isTooLarge { state.failure = .tooLarge(sizeLimit) }
            guard let response = response as? HTTPURLResponse else { return }
            state.answer.status = response.statusCode
            for (name, value) in response.allHeaderFields {
                guard let name = name as? String, let value = value as? String else { continue }
                state.answer.headers[name.lowercased()] = value
            }
        }
        completionHandler(isTooLarge ? .cancel : .allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let goesOn = state.withLock { state in
            if state.answer.bytes.count + data.count > sizeLimit {
                state.failure = .tooLarge(sizeLimit)
            } else if ContinuousClock.now > deadline {
                state.failure = .timedOut
            } else {
                state.answer.bytes += data
            }
            return state.failure == nil
        }
        if !goesOn { dataTask.cancel() }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
        completionHandler: @escaping (URLRequest?) -> Void
    ) {
        let target = request.url
        let isAtHome =
            target?.scheme == origin.scheme && target?.host == origin.host
            && target?.port == origin.port
        if !isAtHome {
            state.withLock { $0.failure = .redirected(target?.host ?? "") }
        }
        completionHandler(isAtHome ? request : nil)
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
    ) {
        let (continuation, outcome) = state.withLock { state in
            defer { state.continuation = nil }
            let failure = state.failure ?? error.map(Self.failure)
            return (
                state.continuation,
                failure.map { Outcome.failure($0) } ?? Outcome.success(state.answer)
            )
        }
        continuation?.resume(returning: outcome)
    }

    private static func failure(_ error: any Error) -> TransportFailure {
        switch (error as? URLError)?.code {
        case .timedOut: .timedOut
        case .badURL, .unsupportedURL: .wrongAddress
        case .cannotFindHost, .cannotConnectToHost, .dnsLookupFailed, .notConnectedToInternet,
            .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasBadDate,
            .serverCertificateHasUnknownRoot:
            .unreachable
        default: .dropped
        }
    }
}
