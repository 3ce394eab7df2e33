using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Sam;

namespace Isobar.Local.Services.Kms;

/// <summary>What KMS adds to templates.</summary>
internal static class KmsTemplateParts
{
    public static TemplateParts Parts { get; } = new()
    {
        PolicyTemplates =
        [
            Template("KMSDecryptPolicy", "kms:Decrypt") with { ActionIsText = true },
            Template("KMSEncryptPolicy", "kms:Encrypt") with { ActionIsText = true },
            Template("KMSEncryptPolicy_v2", "kms:Encrypt", "kms:GenerateDataKey",
                "kms:GenerateDataKeyWithoutPlaintext", "kms:GenerateDataKeyPair",
                "kms:GenerateDataKeyPairWithoutPlaintext"),
        ],
    };

    private static PolicyTemplate Template(string name, params string[] actions) =>
        new(name, "KeyId", actions, [PolicyTemplate.Regional("kms", "key/${keyId}")], ResourceIsList: false);
}
