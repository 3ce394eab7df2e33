using System.Security.Cryptography;
using System.Text;

namespace Isobar.Local.Deployment;

/// <summary>The names that CloudFormation generates for resources that the template does not name.</summary>
internal static class PhysicalName
{
    private const int SuffixLength = 12;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary><c>stack-LogicalId-SUFFIX</c>; always the same for the same stack id, logical id and
    /// generation.</summary>
    /// <param name="maxLength">At least 16: the suffix, a letter of each part and the dashes. A name that would be
    /// longer loses the end of the logical id first, then the end of the stack name.</param>
    /// <param name="ending">Put at the very end, inside the length: <c>.fifo</c> for FIFO queues and topics.</param>
    public static string Generate(StackIdentity stack, string logicalId, int maxLength, string ending = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength - ending.Length, SuffixLength + 4);
        var room = maxLength - ending.Length - SuffixLength - 2;
        var stackLength = Math.Min(stack.StackName.Length, Math.Max(room / 2, room - logicalId.Length));
        var idLength = Math.Min(logicalId.Length, room - stackLength);
        var name = $"{stack.StackName[..stackLength]}-{logicalId[..idLength]}-{Suffix(stack, logicalId)}";
        return name + ending;
    }

    /// <summary>The same in lower case, at most 63 characters: the form of bucket names.</summary>
    /// <remarks>Source: Amazon S3 User Guide, general purpose bucket naming rules.</remarks>
    public static string GenerateForBucket(StackIdentity stack, string logicalId) =>
        Generate(stack, logicalId, maxLength: 63).ToLowerInvariant();

    /// <summary>12 characters of 0–9 A–Z, derived from the stack id, the logical id and the generation.</summary>
    private static string Suffix(StackIdentity stack, string logicalId)
    {
        var text = $"{stack.StackId}\n{logicalId}" + (stack.Generation == 0 ? "" : $"\n{stack.Generation}");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return string.Create(SuffixLength, hash, static (characters, bytes) =>
        {
            for (var i = 0; i < characters.Length; i++) characters[i] = Alphabet[bytes[i] % Alphabet.Length];
        });
    }
}
