using System.Buffers.Binary;
using System.Security.Cryptography;
using Isobar.Local.Lambda.Code;

namespace Isobar.Local.Tests.Lambda.Code;

/// <summary>What is unzipped, and what is refused before anything is.</summary>
public sealed class ZipPackageTests : IDisposable
{
    private const long Enough = 1_000_000;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("zip-packages-");

    public void Dispose()
    {
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories))
            file.Attributes &= ~FileAttributes.ReadOnly;
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_zip_file_is_unzipped_into_a_folder_that_never_changes()
    {
        var zip = ZipBytes.Of(("index.mjs", "code"), ("lib/a/b.txt", "deep"));

        var code = await AddAsync(zip);

        Assert.Equal(Convert.ToBase64String(SHA256.HashData(zip)), code.Sha256);
        Assert.Equal((8L, zip.Length), (code.SizeBytes, code.PackageBytes));
        Assert.Equal("deep", await ReadAsync(code, "lib/a/b.txt"));
        Assert.True(File.GetAttributes(Path.Combine(code.Directory, "index.mjs")).HasFlag(FileAttributes.ReadOnly));
        Assert.Equal(zip, await File.ReadAllBytesAsync(
            code.Location.LocalPath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_same_zip_file_is_kept_once()
    {
        var zip = ZipBytes.Of(("a", "1"));

        var first = await AddAsync(zip);
        var second = await AddAsync(zip);

        Assert.Equal(first, second);
        Assert.Single(folder.EnumerateDirectories());
        Assert.Single(folder.EnumerateFiles("*" + CodeStore.ZipEnding));
    }

    [Fact]
    public async Task A_program_can_be_executed_and_a_text_can_not()
    {
        var program = await AddAsync(ZipBytes.OfProgram("bootstrap", "#!/bin/sh"));
        var text = await AddAsync(ZipBytes.Of(("bootstrap", "#!/bin/sh")));

        Assert.Equal((true, false), (CanExecute(program), CanExecute(text)));
    }

    [Theory]
    [InlineData("bin/run", "../lib/target")]
    [InlineData("run", "./lib/target")]
    [InlineData("lib/again", "target")]
    public async Task A_link_to_a_file_of_the_package_becomes_a_copy(string link, string target)
    {
        var code = await AddAsync(ZipBytes.OfLinks((link, target)));

        Assert.Equal("content", await ReadAsync(code, link));
        Assert.Null(new FileInfo(Path.Combine(code.Directory, link)).LinkTarget);
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../outside")]
    [InlineData("lib/../../outside")]
    [InlineData("lib")]
    [InlineData("missing")]
    [InlineData("link")]
    public async Task A_link_to_anything_else_is_refused(string target)
    {
        var refused = await RefusedAsync(ZipBytes.OfLinks(("link", target)));

        Assert.StartsWith("Could not unzip uploaded file: the entry 'link' is a link", refused);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/absolute")]
    [InlineData("a/../../outside")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("a\\..\\b")]
    public async Task A_name_that_is_no_path_below_the_root_is_refused(string name)
    {
        Assert.StartsWith("Could not unzip uploaded file: the entry", await RefusedAsync(ZipBytes.Of((name, "x"))));
        Assert.False(File.Exists(Path.Combine(folder.Parent!.FullName, "outside")));
    }

    [Fact]
    public async Task A_path_can_not_be_a_file_and_a_folder()
    {
        Assert.Contains("is below a path that is a file", await RefusedAsync(ZipBytes.Of(("a", "1"), ("a/b", "2"))));
    }

    [Fact]
    public async Task More_bytes_than_a_function_may_have_are_refused_before_any_is_unzipped()
    {
        var zip = ZipBytes.Make(("zeros", new byte[Enough + 1], 0x81A4));
        Assert.True(zip.Length < Enough / 50, "The zeros were to be packed small.");

        Assert.Equal($"Unzipped size must be smaller than {Enough} bytes", await RefusedAsync(zip));
        Assert.Empty(folder.EnumerateDirectories());
    }

    [Fact]
    public async Task A_zip_file_that_lies_about_the_size_of_an_entry_gives_no_more_than_it_says()
    {
        const int said = 10;
        var zip = ZipBytes.Make(("zeros", new byte[100_000], 0x81A4));
        // The size in the directory, whose records begin with these four bytes. Source: APPNOTE.TXT, 4.3.12.
        var directory = zip.AsSpan().LastIndexOf("PK\x01\x02"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(directory + 24), said);

        try
        {
            var code = await AddAsync(zip);
            Assert.Equal(said, new FileInfo(Path.Combine(code.Directory, "zeros")).Length);
        }
        catch (PackageRefusedException)
        {
            Assert.Empty(folder.EnumerateDirectories());
        }
    }

    [Fact]
    public async Task More_entries_than_the_bound_are_refused()
    {
        var zip = ZipBytes.Make(Enumerable.Range(0, PackageLimits.MaxEntries + 1)
            .Select(number => ($"{number}", Array.Empty<byte>(), 0x81A4)));

        Assert.Contains("entries", await RefusedAsync(zip));
    }

    [Fact]
    public async Task What_is_no_zip_file_or_has_nothing_in_it_is_refused()
    {
        Assert.Equal("Could not unzip uploaded file. Please check your file, then try to upload again.",
            await RefusedAsync("no zip file"u8.ToArray()));
        Assert.Equal("Uploaded file must be a non-empty zip", await RefusedAsync(ZipBytes.Of()));
        Assert.Equal("Uploaded file must be a non-empty zip", await RefusedAsync([]));
    }

    [Fact]
    public async Task A_zip_file_that_is_cut_off_or_damaged_is_refused()
    {
        var zip = ZipBytes.Make(("random", RandomNumberGenerator.GetBytes(50_000), 0x81A4));

        Assert.StartsWith("Could not unzip", await RefusedAsync(zip[..^30]));
        for (var at = 0; at < zip.Length; at += 499)
        {
            var damaged = zip.ToArray();
            damaged[at] ^= 0xFF;
            // A byte of the content may go unnoticed, as it is not compressed; nothing may be thrown but a refusal.
            try
            {
                await AddAsync(damaged);
            }
            catch (PackageRefusedException)
            {
            }
        }
    }

    private async Task<StoredCode> AddAsync(byte[] zip)
    {
        var store = new CodeStore(folder.FullName);
        var upload = store.CreateUpload();
        var name = upload.Name;
        try
        {
            await upload.WriteAsync(zip);
            return await store.AddZipAsync(upload, Enough, TestContext.Current.CancellationToken);
        }
        finally
        {
            await upload.DisposeAsync();
            File.Delete(name);
        }
    }

    private async Task<string> RefusedAsync(byte[] zip) =>
        (await Assert.ThrowsAsync<PackageRefusedException>(() => AddAsync(zip))).Message;

    private static Task<string> ReadAsync(StoredCode code, string file) =>
        File.ReadAllTextAsync(Path.Combine(code.Directory, file), TestContext.Current.CancellationToken);

    private static bool CanExecute(StoredCode code) => OperatingSystem.IsWindows()
        || File.GetUnixFileMode(Path.Combine(code.Directory, "bootstrap")).HasFlag(UnixFileMode.UserExecute);
}
