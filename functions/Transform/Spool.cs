namespace Isobar.Transform;

/// <summary>A file in <c>/tmp</c> that is gone when it is closed: outputs are put with their length, which S3 wants first.</summary>
internal static class Spool
{
    private const int BufferBytes = 128 * 1024;

    public static FileStream Create() => new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
        new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            BufferSize = BufferBytes,
        });
}
