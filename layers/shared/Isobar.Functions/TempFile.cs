namespace Isobar.Functions;

/// <summary>
/// A temporary file in <c>/tmp</c>, for output whose length S3 must know before the first byte. The file has no name:
/// it is deleted as soon as it is open, so a killed process leaves nothing in <c>/tmp</c>.
/// </summary>
public static class TempFile
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>An empty file, for reading and writing, which is gone when it is closed.</summary>
    public static FileStream Create()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.Asynchronous,
            BufferSize = BufferBytes,
        });
        File.Delete(path);
        return file;
    }
}
