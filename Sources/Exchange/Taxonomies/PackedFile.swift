import CZlib
import Foundation

/// The bytes of a file in pieces, unpacked where it is packed by gzip. It is made, read to its
/// end and left by one task.
final class PackedFile {
    enum Failure: Error {
        case cannotRead
        /// It ends too early, or its check sum is wrong.
        case damaged
    }

    private let handle: FileHandle
    /// At one address from beginning to end: zlib checks that it was not moved.
    private let stream: UnsafeMutablePointer<z_stream>?
    private var ended = false
    private static let piece = 1 << 18

    /// A name that ends in `.gz` is a packed file's.
    init(_ file: URL) throws(Failure) {
        do { handle = try FileHandle(forReadingFrom: file) } catch { throw .cannotRead }
        guard file.pathExtension == "gz" else {
            stream = nil
            return
        }
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        self.stream = stream
        // 15 is the largest window; 16 more asks for the gzip format.
        let code = inflateInit2_(
            stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard code == Z_OK else { throw .damaged }
    }

    deinit {
        if let stream {
            inflateEnd(stream)
            stream.deinitialize(count: 1)
            stream.deallocate()
        }
        try? handle.close()
    }

    /// Gives every piece to `take`, in order; stops when it says false.
    func read(_ take: ([UInt8]) -> Bool) throws(Failure) {
        while true {
            let data: Data
            do { data = try handle.read(upToCount: Self.piece) ?? Data() } catch {
                throw .cannotRead
            }
            if data.isEmpty { break }
            if let stream {
                if try !unpack(Array(data), stream, take) { return }
            } else if !take(Array(data)) {
                return
            }
        }
        if stream != nil, !ended { throw .damaged }
    }

    /// False when no more is wanted.
    private func unpack(
        _ packed: [UInt8], _ stream: UnsafeMutablePointer<z_stream>, _ take: ([UInt8]) -> Bool
    ) throws(Failure) -> Bool {
        var packed = packed
        var output = [UInt8](repeating: 0, count: Self.piece)
        var outcome = Outcome.goesOn
        packed.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(input.count)
            repeat {
                // Several packed files one after the other are one.
                if ended { ended = inflateReset(stream) != Z_OK }
                let (code, count) = output.withUnsafeMutableBufferPointer { room in
                    stream.pointee.next_out = room.baseAddress
                    stream.pointee.avail_out = UInt32(room.count)
                    let code = inflate(stream, Z_NO_FLUSH)
                    return (code, room.count - Int(stream.pointee.avail_out))
                }
                ended = code == Z_STREAM_END
                if code != Z_OK, code != Z_BUF_ERROR, !ended {
                    outcome = .damaged
                } else if count > 0, !take(Array(output[..<count])) {
                    outcome = .unwanted
                }
            } while outcome == .goesOn
                && (stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0 && !ended)
            stream.pointee.next_in = nil
            stream.pointee.avail_in = 0
        }
        if outcome == .damaged { throw .damaged }
        return outcome == .goesOn
    }

    private enum Outcome { case goesOn, unwanted, damaged }
}
