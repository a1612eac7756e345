from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('settlement', '0009_vouchers'),
    ]

    operations = [
        migrations.RenameField('cashreceipt', 'tries_left', 'maker_tries_left'),
        migrations.AddField('cashreceipt', 'agent_tries_left', models.PositiveSmallIntegerField(default=6)),
    ]
