namespace Isobar.Functions.Tests;

public sealed class TempFileTests
{
    [Fact]
    public async Task A_temporary_file_has_no_name_that_a_killed_process_could_leave_behind()
    {
        await using var file = TempFile.Create();
        Assert.False(File.Exists(file.Name));
    }

    [Fact]
    public async Task What_was_written_can_be_read_back()
    {
        await using var file = TempFile.Create();
        var written = new byte[300_000];
        System.Security.Cryptography.RandomNumberGenerator.Fill(written);
        await file.WriteAsync(written);
        file.Position = 0;
        var read = new byte[written.Length];
        await file.ReadExactlyAsync(read);
        Assert.Equal(written.Length, file.Length);
        Assert.Equal(written, read);
    }
}
