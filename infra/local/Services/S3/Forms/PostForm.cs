using System.Text;
using Isobar.Local.Services.S3.Rest;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Isobar.Local.Services.S3.Forms;

/// <summary>A form that uploads a file: the fields before the file, and the file, which is still to be read.</summary>
/// <param name="Fields">By name, whose case does not count; what comes behind the file is ignored.</param>
/// <param name="File">The file's bytes.</param>
/// <remarks>Source: Amazon S3 API Reference, "POST Object" and "Creating an HTML form (using AWS Signature Version
/// 4)".</remarks>
internal sealed record PostForm(IReadOnlyDictionary<string, string> Fields, Stream File)
{
    /// <summary>Bytes of all fields before the file. Source: "Creating an HTML form".</summary>
    private const int MaxFieldBytes = 20 * 1024;

    private const int MaxBoundaryLength = 70;
    private const string FileField = "file";

    /// <summary>Whether a request is such an upload: its signature, if any, is in the form.</summary>
    public static bool IsIn(HttpRequest request, RequestTarget target) =>
        HttpMethods.IsPost(request.Method) && target is { Bucket.Length: > 0, Key: "", Query.Count: 0 }
        && request.Headers.Authorization.Count == 0 && TryReadBoundary(request) is not null;

    /// <exception cref="Wire.AwsException">PreconditionFailed, MalformedPOSTRequest, MaxPostPreDataLengthExceeded,
    /// InvalidArgument: there is no file.</exception>
    public static async Task<PostForm> ReadAsync(HttpRequest request)
    {
        var boundary = TryReadBoundary(request) ?? throw PostErrors.NotMultipart();
        var reader = new MultipartReader(boundary, request.Body);
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var room = MaxFieldBytes;
        var stop = request.HttpContext.RequestAborted;
        while (await WellFormedAsync(() => new ValueTask<MultipartSection?>(reader.ReadNextSectionAsync(stop)))
            is { } section)
        {
            if (section.GetContentDispositionHeader() is not { } disposition
                || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { Length: > 0 } name)
                throw PostErrors.Malformed();
            if (name.Equals(FileField, StringComparison.OrdinalIgnoreCase)) return new PostForm(fields, section.Body);
            var value = await ReadFieldAsync(section.Body, room, stop);
            room -= name.Length + value.Length;
            if (room < 0) throw PostErrors.FieldsTooLarge();
            fields[name] = value;
        }

        throw PostErrors.FileMissing();
    }

    public string? Find(string name) => Fields.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <summary>Reads some bytes of the file; zero where its part of the form ends.</summary>
    /// <exception cref="Wire.AwsException">MalformedPOSTRequest: the form ends before that.</exception>
    public ValueTask<int> ReadFileAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        WellFormedAsync(() => File.ReadAsync(buffer, cancellationToken));

    private static string? TryReadBoundary(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= MaxBoundaryLength } boundary
            ? boundary
            : null;

    private static async Task<string> ReadFieldAsync(Stream part, int room, CancellationToken cancellationToken)
    {
        var bytes = new byte[room + 1];
        var count = await WellFormedAsync(
            () => part.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken));
        return count > room ? throw PostErrors.FieldsTooLarge() : Encoding.UTF8.GetString(bytes, 0, count);
    }

    private static async ValueTask<T> WellFormedAsync<T>(Func<ValueTask<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw PostErrors.Malformed();
        }
    }
}
