using System.Security.Cryptography;
using Isobar.Transform;

namespace Isobar.Functions.Tests.Transform;

public sealed class SpoolTests
{
    [Fact]
    public async Task A_spool_has_no_name_that_a_killed_process_could_leave_behind()
    {
        await using var spool = Spool.Create();
        Assert.False(File.Exists(spool.Name));
    }

    [Fact]
    public async Task What_was_written_can_be_read_back()
    {
        await using var spool = Spool.Create();
        var written = new byte[300_000];
        RandomNumberGenerator.Fill(written);
        await spool.WriteAsync(written);
        spool.Position = 0;
        var read = new byte[written.Length];
        await spool.ReadExactlyAsync(read);
        Assert.Equal(written.Length, spool.Length);
        Assert.Equal(written, read);
    }
}
