using Isobar.Local.Wire;

namespace Isobar.Local.Services.Ssm;

/// <summary>Every error that Parameter Store can answer with; a broken constraint of its model is said by the model.
/// </summary>
/// <remarks>
/// Source: AWS Systems Manager API Reference; texts as AWS answers, as far as they are known.
/// </remarks>
internal static class SsmErrors
{
    public static AwsException Validation(string message) => new("ValidationException", message);

    public static AwsException NotSupported(string reason) => Validation(reason);

    /// <summary>AWS sends no message with this one.</summary>
    public static AwsException NotFound() => new("ParameterNotFound", "");

    public static AwsException VersionNotFound(string selector, string name) => new("ParameterVersionNotFound",
        $"Systems Manager could not find version {selector} of {name}. Verify the version and try again.");

    public static AwsException AlreadyExists() => new("ParameterAlreadyExists",
        "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");

    public static AwsException LimitExceeded() => new("ParameterLimitExceeded",
        "You have exceeded the number of parameters for this AWS account. Delete one or more parameters and try "
        + "again.");

    public static AwsException OldestVersionHasLabel(string name, long version) => new(
        "ParameterMaxVersionLimitExceeded",
        $"You attempted to create a new version of {name} by calling the PutParameter API with the overwrite flag. "
        + $"Version {version}, the oldest version, can't be deleted because it has a label associated with it. Move "
        + "the label to another version of the parameter, and try again.");

    public static AwsException TooManyLevels() => new("HierarchyLevelLimitExceededException",
        $"A hierarchy can have a maximum of {SsmLimits.MaxLevels} levels.");

    public static AwsException ReservedName(string name) =>
        new("AccessDeniedException", $"No access to reserved parameter name: {name}.");

    public static AwsException ValueTooLong(bool isAdvanced) => Validation(isAdvanced
        ? "Advanced tier parameters support a maximum parameter value of "
            + $"{SsmLimits.MaxAdvancedValueCharacters} characters."
        : "Standard tier parameters support a maximum parameter value of "
            + $"{SsmLimits.MaxValueCharacters} characters. To create a larger parameter value, upgrade the parameter "
            + "to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/"
            + "systems-manager/latest/userguide/parameter-store-advanced-parameters.html");

    public static AwsException NoDowngrade() => Validation(
        "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter "
        + "tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it "
        + "as a standard parameter.");

    public static AwsException KeyOfPlainText() =>
        Validation("KeyId is required for SecureString type parameter only.");

    public static AwsException TagsWithOverwrite() => Validation(
        "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove "
        + "overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or "
        + "RemoveTagsFromResource.");

    public static AwsException InvalidPattern(string pattern) => new("InvalidAllowedPatternException",
        $"The request does not meet the regular expression requirement: {pattern}");

    public static AwsException PatternMismatch(string pattern) => new("ParameterPatternMismatchException",
        $"Parameter value, cannot be validated against allowedPattern: {pattern}");

    /// <summary>The service with the keys refused: its code is kept where permissions are missing.</summary>
    public static AwsException OfKey(AwsException refusal, string requestId) => new(
        refusal.Code == "AccessDeniedException" ? refusal.Code : "InvalidKeyId",
        $"{refusal.Message} (Service: AWSKMS; Status Code: {refusal.Status}; Error Code: {refusal.Code}; "
        + $"Request ID: {requestId}; Proxy: null)", inner: refusal);

    public static AwsException TooManyLabels() => new("ParameterVersionLabelLimitExceeded",
        $"A parameter version can have maximum {SsmLimits.MaxLabels} labels. Move one or more labels to another "
        + "version and try again.");

    public static AwsException InvalidPath() => Validation(
        "The parameter doesn't meet the parameter name requirements. The parameter name must begin with a forward "
        + "slash \"/\". It can't be prefixed with \"aws\" or \"ssm\" (case-insensitive). It must use only letters, "
        + "numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not "
        + "allowed. All sub-paths, if specified, must use the forward slash symbol \"/\". Valid example: "
        + "/get/parameters2-/by1./path0_.");

    public static AwsException InvalidFilterKey(string key, string valid) => new("InvalidFilterKey",
        $"The following filter key is not valid: {key}. Valid filter keys include: [{valid}].");

    public static AwsException DuplicateFilter(string key) => new("InvalidFilterKey",
        $"The following filter is duplicated in the request: {key}. A request can contain only one occurrence of a "
        + "specific filter.");

    public static AwsException InvalidFilterOption(string option, string valid) => new("InvalidFilterOption",
        $"The following filter option is not valid: {option}. Valid options include: [{valid}].");

    public static AwsException MissingFilterValues(string key) => new("InvalidFilterValue",
        $"The following filter values are missing : null for filter key {key}.");

    public static AwsException InvalidFilterValue(string value, string valid) => new("InvalidFilterOption",
        $"The following filter value is not valid: {value}. Valid values include: [{valid}].");

    public static AwsException InvalidNextToken() =>
        new("InvalidNextToken", "The specified token is not valid.");

    public static AwsException InvalidResourceType() => new("InvalidResourceType",
        "The resource type is not valid. For example, if you are attempting to tag an EC2 instance, the instance must "
        + "be a registered managed node.");

    public static AwsException InvalidResourceId() => new("InvalidResourceId",
        "The resource ID is not valid. Verify that you entered the correct ID and try again.");

    public static AwsException TooManyTags() => new("TooManyTagsError",
        "The Targets parameter includes too many tags. Remove one or more tags and try the command again.");

    public static AwsException InvalidTag(string reason) => Validation(reason);
}
