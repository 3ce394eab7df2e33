using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Isobar.Local.Lambda.Code;

/// <summary>A function's code as it runs: in a folder that never changes.</summary>
/// <param name="Directory">Absolute; named by the content.</param>
/// <param name="Sha256">Base64 of the SHA-256 over names and contents.</param>
/// <param name="SizeBytes">All files together.</param>
internal sealed record StoredCode(string Directory, string Sha256, long SizeBytes)
{
    /// <summary>Of the zip file; null for code that came as a folder.</summary>
    public long? ZippedBytes { get; init; }

    /// <summary>What the API tells as the size: of the zip file, where there is one.</summary>
    public long PackageBytes => ZippedBytes ?? SizeBytes;

    /// <summary>Where the package can be read: the zip file, or the folder.</summary>
    public Uri Location => new(ZippedBytes is null ? Directory : Directory + CodeStore.ZipEnding);
}

/// <summary>
/// Keeps copies of built code, a folder for each content, so that a rebuild never touches what an environment runs.
/// </summary>
/// <param name="directory">Absolute; may be missing still.</param>
internal sealed class CodeStore(string directory)
{
    /// <summary>The zip file lies beside the folder with its content.</summary>
    public const string ZipEnding = ".zip";

    private const string Packaged = "package:";
    private const int ReadBytes = 256 * 1024;

    /// <summary>What a template says instead of a path, once the code at the path is stored: it names the content, as
    /// the S3 key does that <c>sam deploy</c> puts there.</summary>
    public static string Reference(StoredCode code) => Packaged + Path.GetFileName(code.Directory);

    /// <summary>The stored code that <see cref="Reference"/> names.</summary>
    /// <returns>Null when the text is a path, or nothing of that content is stored.</returns>
    public StoredCode? FindPackaged(string reference)
    {
        return reference.StartsWith(Packaged, StringComparison.Ordinal) ? Find(reference[Packaged.Length..]) : null;
    }

    /// <summary>What is stored under a name.</summary>
    /// <param name="name">The content's hash, in lower-case hexadecimal digits.</param>
    /// <returns>Null when nothing is.</returns>
    public StoredCode? Find(string name)
    {
        var stored = Path.Combine(directory, name);
        if (!name.All(char.IsAsciiHexDigitLower) || !Directory.Exists(stored)) return null;
        var size = new DirectoryInfo(stored).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        return new StoredCode(stored, Convert.ToBase64String(Convert.FromHexString(name)), size);
    }

    /// <summary>
    /// Copies packages in, the later ones over the earlier ones, unless their content is there already. Files are
    /// read-only from then on.
    /// </summary>
    public async ValueTask<StoredCode> AddAsync(
        IReadOnlyList<ICodePackage> packages, CancellationToken cancellationToken)
    {
        var files = new SortedDictionary<string, PackageFile>(StringComparer.Ordinal);
        foreach (var file in packages.SelectMany(package => package.ReadFiles())) files[file.Path] = file;

        // Off the caller's thread: megabytes are read.
        var (hash, size) = await Task.Run(() => Hash(files, cancellationToken), cancellationToken);
        var target = Path.Combine(directory, Convert.ToHexStringLower(hash));
        var code = new StoredCode(target, Convert.ToBase64String(hash), size);
        if (Directory.Exists(target)) return code;

        // Complete before it has its name, so a start that is killed half way leaves nothing that looks whole.
        var partial = $"{target}.{Path.GetRandomFileName()}";
        Copy(files.Select(file => (file.Key, file.Value)), partial, cancellationToken);
        Finish(partial, target);
        return code;
    }

    /// <summary>A new file for a zip file that is received; the caller deletes it, if it is still there.</summary>
    public FileStream CreateUpload()
    {
        Directory.CreateDirectory(directory);
        return new FileStream(
            Path.Combine(directory, $"upload.{Path.GetRandomFileName()}"), FileMode.CreateNew, FileAccess.ReadWrite,
            FileShare.Read, ReadBytes);
    }

    /// <summary>Unzips a package, unless it is there already, and keeps the zip file beside it.</summary>
    /// <param name="upload">Complete; closed, and moved away where it is kept.</param>
    /// <param name="maxBytes">Of all files together, unzipped.</param>
    /// <exception cref="PackageRefusedException">It is no zip file, or one that is not unzipped here.</exception>
    public Task<StoredCode> AddZipAsync(FileStream upload, long maxBytes, CancellationToken cancellationToken) =>
        // Off the caller's thread: megabytes are read and written.
        Task.Run(() => AddZip(upload, maxBytes, cancellationToken), cancellationToken);

    private StoredCode AddZip(FileStream upload, long maxBytes, CancellationToken cancellationToken)
    {
        upload.Position = 0;
        var hash = SHA256.HashData(upload);
        var zipped = upload.Length;
        var target = Path.Combine(directory, Convert.ToHexStringLower(hash));
        using var package = ZipPackage.Open(upload, maxBytes);
        var code = new StoredCode(target, Convert.ToBase64String(hash), package.Bytes) { ZippedBytes = zipped };
        if (Directory.Exists(target)) return code;

        var partial = $"{target}.{Path.GetRandomFileName()}";
        Copy(package.ReadFiles().Select(file => (file.Path, file)), partial, cancellationToken);
        // The zip file first: a folder that is there has its zip file.
        File.Move(upload.Name, target + ZipEnding, overwrite: true);
        Finish(partial, target);
        return code;
    }

    // All of it, or nothing.
    private static void Copy(
        IEnumerable<(string Path, PackageFile File)> files, string partial, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (path, file) in files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var copy = Path.Combine(partial, path);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                file.CopyTo(copy);
                File.SetAttributes(copy, File.GetAttributes(copy) | FileAttributes.ReadOnly);
            }
        }
        catch
        {
            if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
            throw;
        }
    }

    private static void Finish(string partial, string target)
    {
        try
        {
            Directory.Move(partial, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            // Another host, or another request, stored the same content meanwhile.
            Directory.Delete(partial, recursive: true);
        }
    }

    // Each name and each content goes in behind its length, so that no two different folders read the same. A file that
    // can be executed is another file than one that can't.
    private static (byte[] Hash, long SizeBytes) Hash(
        SortedDictionary<string, PackageFile> files, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        var size = 0L;
        foreach (var (path, file) in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = Encoding.UTF8.GetBytes(file.IsExecutable ? path + "*" : path);
            size += file.Bytes;
            hash.AppendData(Length(name.Length));
            hash.AppendData(name);
            hash.AppendData(Length(file.Bytes));
            using var content = file.OpenRead();
            for (int read; (read = content.Read(buffer)) > 0;) hash.AppendData(buffer, 0, read);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return (hash.GetHashAndReset(), size);
    }

    private static byte[] Length(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}
