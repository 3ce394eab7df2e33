using System.Security.Cryptography;
using System.Text;

namespace Isobar.Local.Deployment.Sam;

/// <summary>Logical ids of resources that SAM makes.</summary>
internal static class GeneratedId
{
    /// <summary>
    /// SAM's ids of what belongs to a stage: the stage's name where it is alphanumeric, else its hash.
    /// </summary>
    public static string OfStage(string before, string stage, string after) =>
        stage.All(char.IsAsciiLetterOrDigit) ? before + stage + after : before + after + Hash(stage);

    /// <summary>Ten hexadecimal digits.</summary>
    public static string Hash(string text) =>
        Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)))[..10];
}
