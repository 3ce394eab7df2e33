using System.Buffers.Text;
using System.Text;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>The token with which a client asks for the next page: the name that the page ended with, encoded.</summary>
internal static class ContinuationToken
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Make(string last) => "1" + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(last));

    /// <exception cref="Wire.AwsException">InvalidArgument: no page ever gave this token.</exception>
    public static string Read(string token)
    {
        try
        {
            if (token.StartsWith('1')) return Strict.GetString(Base64Url.DecodeFromChars(token.AsSpan(1)));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            // Refused below, like any other invalid token.
        }

        throw S3Errors.BadContinuationToken();
    }
}
