namespace Isobar.Local.Services.Kms;

/// <summary>The words for kinds of keys; symmetric encryption keys alone are built.</summary>
/// <remarks>Source: AWS KMS API Reference, CreateKey.</remarks>
internal static class KeySpecs
{
    /// <summary>A key's spec, and its one algorithm: AES in Galois/Counter Mode with 256 bits.</summary>
    public const string Symmetric = "SYMMETRIC_DEFAULT";

    public const string EncryptDecrypt = "ENCRYPT_DECRYPT";

    public const string AwsKms = "AWS_KMS";

    public static readonly string[] All =
    [
        "RSA_2048", "RSA_3072", "RSA_4096", "ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521", "ECC_SECG_P256K1",
        Symmetric, "HMAC_224", "HMAC_256", "HMAC_384", "HMAC_512", "SM2", "ML_DSA_44", "ML_DSA_65", "ML_DSA_87",
        "ECC_NIST_EDWARDS25519",
    ];

    public static readonly string[] Usages = ["SIGN_VERIFY", EncryptDecrypt, "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"];

    public static readonly string[] Origins = [AwsKms, "EXTERNAL", "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"];

    public static readonly string[] Algorithms = [Symmetric, "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE"];
}
