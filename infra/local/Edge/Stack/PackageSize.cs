using System.IO.Compression;

namespace Isobar.Local.Edge.Stack;

/// <summary>How large the package of a folder is: CloudFront counts the compressed bytes.</summary>
internal static class PackageSize
{
    /// <param name="folder">Absolute; empty or missing counts as no bytes.</param>
    public static long Of(string folder)
    {
        if (folder.Length == 0 || !Directory.Exists(folder)) return 0;
        var counted = new CountingStream();
        using (var package = new ZipArchive(counted, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                package.CreateEntryFromFile(file, Path.GetRelativePath(folder, file), CompressionLevel.Fastest);
        }

        return counted.Length;
    }

    /// <summary>Counts what is written to it, and keeps nothing.</summary>
    private sealed class CountingStream : Stream
    {
        private long length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => length;

        public override long Position
        {
            get => length;
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => length += count;

        public override void Write(ReadOnlySpan<byte> buffer) => length += buffer.Length;

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
