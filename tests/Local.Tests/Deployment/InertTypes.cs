namespace Isobar.Local.Tests.Deployment;

public sealed class InertTypes
{
    [Fact]
    public async Task They_answer_Ref_and_GetAtt_and_are_listed()
    {
        var stack = await Deploy.Template(
            """
            Resources:
              Role: {Type: AWS::IAM::Role, Properties: {RoleName: runner, Path: /isobar/, Policies: []}}
              Policy: {Type: AWS::IAM::ManagedPolicy, Properties: {ManagedPolicyName: reader, PolicyDocument: {}}}
              Tls: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: landing, PolicyDocument: {}}}
              Send: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [q], PolicyDocument: {}}}
              Call: {Type: AWS::Lambda::Permission, Properties: {Action: a, FunctionName: f, Principal: p}}
            Outputs:
              Role: {Value: !Sub '${Role} ${Role.Arn}'}
              Policy: {Value: !Ref Policy}
              Tls: {Value: !Ref Tls}
            """);
        Assert.Equal(
            [
                "runner arn:aws:iam::000000000000:role/isobar/runner",
                "arn:aws:iam::000000000000:policy/reader",
                "landing",
            ],
            stack.Outputs.Select(output => output.Value));
        Assert.Equal(5, stack.Inert.Count);
        Assert.Equal(
            "template.yaml:2: Role: AWS::IAM::Role changes nothing locally: permissions are not enforced",
            stack.Inert[0].ToString());
    }

    [Fact]
    public async Task A_property_their_type_does_not_have_is_an_error()
    {
        var errors = await Deploy.Errors(
            "Resources:\n  Policy: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDokument: {}}}");
        Assert.StartsWith(
            "template.yaml:2: Policy: property PolicyDokument of AWS::IAM::ManagedPolicy is not supported; supported ",
            Assert.Single(errors));
    }
}
