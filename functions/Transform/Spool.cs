namespace Isobar.Transform;

/// <summary>
/// A file in <c>/tmp</c> without a name: outputs are put with their length, which S3 wants first. Because the name goes
/// before the first byte comes, a killed process leaves nothing behind that would fill <c>/tmp</c> in the end.
/// </summary>
internal static class Spool
{
    private const int BufferBytes = 128 * 1024;

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
