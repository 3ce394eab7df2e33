using Amazon.S3;
using Amazon.S3.Model;

namespace Isobar.Local.Tour;

/// <summary>Copies the website to where the distribution reads it, as <c>aws s3 sync</c> does.</summary>
internal static class SiteFiles
{
    /// <summary>The distribution's origin path.</summary>
    public const string Prefix = "site/";

    /// <param name="folder">The website as it is in the repository.</param>
    public static async Task PublishAsync(
        IAmazonS3 s3, string bucket, string folder, CancellationToken cancellationToken)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            await s3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = bucket,
                    Key = Prefix + Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'),
                    FilePath = file,
                    ContentType = TypeOf(file),
                },
                cancellationToken);
        }
    }

    private static string TypeOf(string file) => Path.GetExtension(file) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        var other => throw new NotSupportedException($"The website has no files of the kind {other}, as {file} is."),
    };
}
